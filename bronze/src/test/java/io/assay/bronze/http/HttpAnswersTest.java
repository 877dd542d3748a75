package io.assay.bronze.http;

import static io.assay.bronze.http.Endpoints.CURSOR;
import static io.assay.bronze.http.Endpoints.records;
import static io.assay.bronze.http.Endpoints.since;
import static io.assay.bronze.http.Endpoints.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.Account;
import io.assay.batch.CommitSeam;
import io.assay.batch.Outcome;
import io.assay.config.HttpIncremental;
import io.assay.config.Source;
import io.assay.testing.JsonApi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are given again and again: what of them is new, and what comes of it. */
class HttpAnswersTest {
  private static final JsonApi API = JsonApi.start();

  @TempDir Path folder;

  @BeforeEach
  void forget() {
    API.reset();
  }

  @AfterAll
  static void stop() {
    API.close();
  }

  private Endpoints endpoints() {
    return new Endpoints(folder, Endpoints.api(API.url() + "/v1", null));
  }

  private static final String ID = "lpad(regexp_extract(_value, '\"id\":([0-9]+)', 1), 2, '0')";

  @Test
  void aStreamAsksForAPageOnceAndWhatIsLongerThanABatchLandsOnceHoweverOftenItIsAnswered() {
    Endpoints endpoints = endpoints();
    Map<String, String> one = Map.of("limit", "1");
    List<String> asked = new ArrayList<>();
    API.server().addMockServiceRequestListener((request, response) -> asked.add(request.getUrl()));
    for (HttpIncremental incremental : Arrays.asList(since("at", "PT2S"), null)) {
      String name = incremental == null ? "all" : "new";
      Source.Http source = source(name, CURSOR, incremental, one);
      API.add("v1/" + name, records(0, 7));
      asked.clear();
      for (int batch = 0; batch < 4; batch++) {
        assertThat(endpoints.runOne(source, 2).outcome()).isEqualTo(Outcome.SUCCEEDED);
      }
      assertThat(asked).hasSize(7).doesNotHaveDuplicates();
      assertThat(endpoints.runOne(source, 2).outcome()).isEqualTo(Outcome.UNCHANGED);
      assertThat(endpoints.run(source, 2, CommitSeam.DIRECT).outcome())
          .isEqualTo(Outcome.UNCHANGED);
    }
    assertThat(endpoints.project.rows(ID)).hasSize(14);
    assertThat(endpoints.project.rows("_source.origin", ID)).doesNotHaveDuplicates();

    API.add("v1/new", records(7, 8));
    Source.Http source = source("new", CURSOR, since("at", "PT2S"), one);
    endpoints.run(source, 2, CommitSeam.DIRECT);
    assertThat(endpoints.project.rows("_page.url", ID))
        .filteredOn(row -> row.contains("since"))
        .extracting(row -> row.replaceFirst(".*,", "["))
        .containsExactlyInAnyOrder("[04]", "[05]", "[06]", "[07]");
    assertThat(endpoints.run(source, 2, CommitSeam.DIRECT).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void aRecordOfATimeThatHasNotComeLandsAndHoldsNoOtherBack() {
    Endpoints endpoints = endpoints();
    Source.Http source = source("readings", CURSOR, since("at", "PT2S"), Map.of());
    API.add("v1/readings", records(10, 13));
    API.add("v1/readings", List.of("{\"id\":99,\"at\":\"2030-01-01T00:00:00Z\"}"));
    assertThat(endpoints.run(source).account()).isEqualTo(Account.appended(1));
    assertThat(endpoints.run(source).outcome()).isEqualTo(Outcome.UNCHANGED);
    API.add("v1/readings", records(14, 15));
    assertThat(endpoints.run(source).account()).isEqualTo(Account.appended(1));
    assertThat(endpoints.run(source).outcome()).isEqualTo(Outcome.UNCHANGED);

    assertThat(endpoints.project.rows("_page.url"))
        .anyMatch(row -> row.contains("since=2026-01-01T00%3A00%3A10Z"));
    assertThat(endpoints.project.rows("_value")).anyMatch(row -> row.contains("\"id\":14,"));
  }
}
