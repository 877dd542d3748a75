package io.assay.silver.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonFieldsTest {

  @Test
  void everyFieldIsTheTextThatStandsInTheDocument() {
    String json =
        """
        {"n": 12345678901234567890.12, "z": 1.10, "e": 1E400, "s": "a\\"\\u00e9\\n", "b": true,
         "gone": null, "o": { "x" : 1.10, "y": [1, {"deep": "}"}] }, "a": [1.0,2], "empty": "",
         "twice": 1, "twice": 2, "dropped": 1, "dropped": null}
        """;

    assertThat(JsonFields.parse(json))
        .isEqualTo(
            Map.of(
                "n", "12345678901234567890.12",
                "z", "1.10",
                "e", "1E400",
                "s", "a\"é\n",
                "b", "true",
                "o", "{ \"x\" : 1.10, \"y\": [1, {\"deep\": \"}\"}] }",
                "a", "[1.0,2]",
                "empty", "",
                "twice", "2"));
  }

  @Test
  void whatIsNoObjectHasNoFields() {
    for (String text : new String[] {null, "", "[1]", "1", "{", "{\"a\":}", "{} {}", "null"}) {
      assertThat(JsonFields.parse(text)).as(text).isNull();
    }
    assertThat(JsonFields.parse(" {} ")).isEmpty();
  }
}
