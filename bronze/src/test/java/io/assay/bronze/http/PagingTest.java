package io.assay.bronze.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.config.HttpIncremental.Overlap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read from answers to go on: links, values, and their order. */
class PagingTest {

  @Test
  void theNextLinkIsFoundAmongOthersHoweverItIsWritten() {
    assertThat(
            List.of(
                List.of("<https://a/?p=2>; rel=\"next\""),
                List.of("<https://a/?p=2>;rel=next"),
                List.of("<https://a/?p=1>; rel=\"prev\", <https://a/?p=2>; rel=\"next last\""),
                List.of("<https://a/?p=1>; rel=prev", "<https://a/?p=2>; title=\"a, b\"; rel=NEXT"),
                List.of(
                    "<https://a/?x=1,2>; rel=prev; type=\"t;x\" , <https://a/?p=2> ; rel = next")))
        .allSatisfy(
            header -> assertThat(LinkHeader.target(header, "next")).contains("https://a/?p=2"));
    assertThat(LinkHeader.target(List.of("<https://a/>; rel=nextish", "", "x"), "next")).isEmpty();
  }

  @Test
  void aPlaceNamesAValueOrNone() throws JsonProcessingException {
    JsonNode document =
        new ObjectMapper()
            .readTree(
                "{\"a\":{\"b\":7,\"n\":null,\"e\":\"\",\"f\":false},\"d\":[{\"i\":1},{\"i\":2}]}");
    assertThat(JsonPlace.of("a.b").text(document)).contains("7");
    assertThat(JsonPlace.of("d.-1.i").text(document)).contains("2");
    assertThat(List.of("a", "a.n", "a.e", "a.f", "d.5.i", "d.-3.i", "d.x", "x.y"))
        .allSatisfy(place -> assertThat(JsonPlace.of(place).text(document)).isEmpty());
  }

  @Test
  void numbersAndTimesAreComparedAsSuchAndTakenBackAsTheyAreWritten() {
    assertThat(FieldOrder.compare("9", "10")).isNegative();
    assertThat(FieldOrder.compare("2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00Z")).isZero();
    assertThat(FieldOrder.compare("2026-01-01", "2026-01-01 00:00:01")).isNegative();
    assertThat(FieldOrder.compare("b", "a")).isPositive();

    assertThat(FieldOrder.minus("1700000300", Overlap.of("300"))).isEqualTo("1700000000");
    assertThat(FieldOrder.minus("2026-01-01T00:05:00Z", Overlap.of("PT5M")))
        .isEqualTo("2026-01-01T00:00:00Z");
    assertThat(FieldOrder.minus("2026-01-01T00:05:00.5+02:00", Overlap.of("PT5M")))
        .isEqualTo("2026-01-01T00:00:00.5+02:00");
    assertThat(FieldOrder.minus("2026-01-01 00:05:00", Overlap.of("PT5M")))
        .isEqualTo("2026-01-01 00:00:00");
    assertThat(FieldOrder.minus("2026-01-02", Overlap.of("PT5M"))).isEqualTo("2026-01-01");
    for (String value : List.of("abc", "2026-13-01T00:00:00Z", "1700000300")) {
      assertThatThrownBy(() -> FieldOrder.minus(value, Overlap.of("PT5M")))
          .hasMessageContaining("cannot be taken off '" + value + "'");
    }
  }
}
