package io.assay.silver.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonElementsTest {
  private static List<String> elements(String json, String... path) {
    return JsonElements.parse(json, List.of(path)).stream()
        .map(
            element ->
                element.value()
                    + " | "
                    + (element.problem() == null ? element.fields() : element.problem())
                    + (element.faulty() ? " (alone)" : ""))
        .toList();
  }

  private static List<Boolean> hasArray(String json, String... path) {
    return JsonElements.parse(json, List.of(path)).stream().map(JsonElements::hasArray).toList();
  }

  @Test
  void elementsAreFoundByTheirPathAndKeepEveryDigit() {
    assertThat(elements("{\"a\": {\"b\": [ {\"x\": 1.10, \"y\": [1 ,2]}, {} ]}}", "a", "b"))
        .containsExactly("{\"x\": 1.10, \"y\": [1 ,2]} | {x=1.10, y=[1 ,2]}", "{} | {}");
    assertThat(elements(" [{\"x\": \"ä\\n\"}]")).containsExactly("{\"x\": \"ä\\n\"} | {x=ä\n}");
    // Of a name that stands twice the last counts; a text may hold the array.
    assertThat(elements("{\"a\": [{\"x\": 1}], \"a\": \"[{\\\"x\\\": 2}]\"}", "a"))
        .containsExactly("{\"x\": 2} | {x=2}");
    assertThat(hasArray("{\"a\": [{}, {}]}", "a")).containsExactly(true, null);
  }

  @Test
  void anElementThatIsNoObjectIsAProblemOfItsOwn() {
    assertThat(elements("{\"a\": [7, null, {\"x\": 1}, [], \"t\"]}", "a"))
        .containsExactly(
            "7 | the element is no JSON object (alone)",
            "null | the element is no JSON object (alone)",
            "{\"x\": 1} | {x=1}",
            "[] | the element is no JSON object (alone)",
            "t | the element is no JSON object (alone)");
  }

  @Test
  void aDocumentWithoutElementsIsToldFromOneThatCannotBeRead() {
    for (String none : List.of("{\"a\": []}", "{\"a\": null}")) {
      assertThat(elements(none, "a")).as(none).containsExactly("null | null");
      assertThat(hasArray(none, "a")).as(none).containsExactly(true);
    }
    for (String none : List.of("{}", "{\"b\": {\"a\": []}}")) {
      assertThat(elements(none, "a")).as(none).containsExactly("null | null");
      assertThat(hasArray(none, "a")).as(none).containsExactly(false);
    }
    assertThat(elements("{\"a\": null}", "a", "b")).containsExactly("null | null");
    assertThat(elements("{\"a\": 5}", "a")).containsExactly("{\"a\": 5} | a is no JSON array");
    assertThat(elements("{\"a\": [{}] ", "a"))
        .containsExactly("{\"a\": [{}]  | the record is no JSON object");
    assertThat(elements("{\"a\": \"[{}\"}", "a"))
        .containsExactly("{\"a\": \"[{}\"} | a is no JSON array");
    assertThat(elements("{\"a\": [1]}", "a", "b"))
        .containsExactly("{\"a\": [1]} | what is to hold b is no JSON object");
    assertThat(elements("[] []")).containsExactly("[] [] | the record is no JSON array");
    assertThat(hasArray("[1 2]")).containsExactly((Boolean) null);
  }
}
