package io.assay.bronze.http;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.assay.bronze.http.Endpoints.CURSOR;
import static io.assay.bronze.http.Endpoints.records;
import static io.assay.bronze.http.Endpoints.since;
import static io.assay.bronze.http.Endpoints.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Outcome;
import io.assay.config.HttpAuth;
import io.assay.config.HttpIncremental;
import io.assay.config.HttpPaging;
import io.assay.config.Source;
import io.assay.error.ExitCode;
import io.assay.job.Pending;
import io.assay.testing.JsonApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of an API on their way into bronze. */
class HttpIngestJobTest {
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

  private Endpoints endpoints(HttpAuth auth) {
    return new Endpoints(folder, Endpoints.api(API.url() + "/v1", auth));
  }

  @Test
  void pagesLandInTheirOrderHoweverTheNextOneIsToldAndNoKeyIsKept() throws IOException {
    Map<String, String> parameters = Map.of("limit", "2", "tenant", "t3nant");
    API.add("v1/cursors", records(0, 5));
    API.server()
        .stubFor(
            get(urlPathEqualTo("/v1/counted"))
                .withQueryParam("page", equalTo("1"))
                .willReturn(okJson("{\"data\":[1, 2.50]}").withHeader("ETag", "\"x\"")));
    API.server()
        .stubFor(
            get(urlPathEqualTo("/v1/counted"))
                .withQueryParam("page", equalTo("2"))
                .willReturn(status(404)));
    String next = "/v1/linked?from=b&api_key=s3cret&tenant=t3nant&session_token=abc";
    API.server()
        .stubFor(
            get(urlPathEqualTo("/v1/linked"))
                .withQueryParam("from", absent())
                .willReturn(
                    okJson("{\"data\":[1]}")
                        .withHeader(
                            "Link", "</v1/linked>; rel=\"first\", <" + next + ">; rel=next")));
    API.server()
        .stubFor(
            get(urlPathEqualTo("/v1/linked"))
                .withQueryParam("from", equalTo("b"))
                .withQueryParam("api_key", equalTo("s3cret"))
                .withQueryParam("tenant", equalTo("t3nant"))
                .withHeader("X-Team", equalTo("assay"))
                .willReturn(okJson("{\"data\":[2]}")));
    Endpoints endpoints = endpoints(new HttpAuth.Parameter("api_key", "s3cret"));
    List<Source.Http> sources =
        List.of(
            source("cursors", CURSOR, null, parameters),
            source("counted", new HttpPaging.Page("page", 1, 1), null, parameters),
            source("linked", new HttpPaging.Link("next"), null, parameters));

    assertThat(endpoints.run(sources.get(0)).account()).isEqualTo(Account.appended(3));
    assertThat(endpoints.run(sources.get(1)).account()).isEqualTo(Account.appended(1));
    assertThat(endpoints.run(sources.get(2), 1, CommitSeam.DIRECT).account())
        .isEqualTo(Account.appended(2));

    String v1 = API.url() + "/v1/";
    assertThat(
            endpoints.project.rows("_source.origin", "_source.position", "_page.url", "_page.etag"))
        .containsExactly(
            "[%scounted,1,%scounted?page=1,\"x\"]".formatted(v1, v1),
            "[%scursors,1,%scursors,null]".formatted(v1, v1),
            "[%scursors,2,%scursors?after=2,null]".formatted(v1, v1),
            "[%scursors,3,%scursors?after=4,null]".formatted(v1, v1),
            "[%slinked,1,%slinked,null]".formatted(v1, v1),
            "[%slinked,2,%slinked?from=b&session_token=***,null]".formatted(v1, v1));
    assertThat(endpoints.project.rows("_value", "_page.status", "string(_page.fetched_at)"))
        .contains("[{\"data\":[1, 2.50]},200,2026-01-02 03:04:05]");
    long version = endpoints.project.version();
    assertThat(endpoints.project.ledger().newestBatch()).isEqualTo(4);
    for (Source.Http source : sources.subList(0, 2)) {
      assertThat(endpoints.pending(source)).isEqualTo(new Pending.FirstPage(2, true));
      assertThat(endpoints.run(source).outcome()).isEqualTo(Outcome.UNCHANGED);
    }
    assertThat(endpoints.run(sources.get(2), 1, CommitSeam.DIRECT).outcome())
        .isEqualTo(Outcome.UNCHANGED);
    assertThat(endpoints.project.version()).isEqualTo(version);
    assertThat(endpoints.project.ledger().newestBatch()).isEqualTo(4);
    assertThat(text(folder)).doesNotContain("s3cret").doesNotContain("t3nant");
    assertThat(endpoints.project.rows("to_json(struct(*))"))
        .allSatisfy(row -> assertThat(row).doesNotContain("s3cret").doesNotContain("t3nant"));
  }

  /** All that stands in files of text below a folder. */
  private static String text(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        text.append(Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  @Test
  void whatIsNewIsAskedForWithItsOverlapAndNothingLandsWhenNothingIs() {
    Endpoints endpoints = endpoints(new HttpAuth.Bearer("tok"));
    Source.Http source = source("readings", CURSOR, since("at", "PT2S"), Map.of("limit", "3"));
    API.add("v1/readings", List.of());
    assertThat(endpoints.run(source).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(endpoints.project.ledger().newestBatch()).isZero();
    API.add("v1/readings", records(10, 15));

    assertThat(endpoints.pending(source)).isEqualTo(new Pending.FirstPage(3, true));
    assertThat(endpoints.run(source).account()).isEqualTo(Account.appended(2));
    assertThat(endpoints.pending(source)).isEqualTo(new Pending.Nothing());
    assertThat(endpoints.run(source).outcome()).isEqualTo(Outcome.UNCHANGED);
    API.add("v1/readings", List.of(records(13, 14).get(0).replace("13,", "77,")));
    API.add("v1/readings", records(15, 16));
    assertThat(endpoints.run(source).account()).isEqualTo(Account.appended(2));
    assertThat(endpoints.run(source).outcome()).isEqualTo(Outcome.UNCHANGED);

    assertThat(
            endpoints.project.rows(
                "_batch", "array_join(regexp_extract_all(_value, '\"id\":([0-9]+)', 1), ' ')"))
        .containsExactly("[1,10 11 12]", "[1,13 14]", "[2,12 13 14]", "[2,77 15]");
    assertThat(endpoints.project.rows("_page.url"))
        .contains("[" + API.url() + "/v1/readings?since=2026-01-01T00%3A00%3A12Z&after=3]");
  }

  @Test
  void aRunThatDiesAnywhereIsGoneOnWithAtTheVeryPage() {
    Endpoints endpoints = endpoints(new HttpAuth.Basic("me", "pass"));
    Source.Http source = source("readings", CURSOR, since("at", null), Map.of("limit", "1"));
    API.add("v1/readings", records(0, 13));
    for (String step : List.of("INTENT", "BRONZE", "DONE")) {
      for (boolean before : List.of(true, false)) {
        CommitSeam powerCut =
            (point, commit) -> {
              if (!before) {
                commit.run();
              }
              if (point.step().equals(step)) {
                throw new IllegalStateException("power cut");
              }
              if (before) {
                commit.run();
              }
            };
        assertThatThrownBy(() -> endpoints.run(source, 2, powerCut)).hasMessage("power cut");
      }
    }
    assertThat(endpoints.run(source, 2, CommitSeam.DIRECT).exitCode()).isEqualTo(ExitCode.OK);

    assertThat(endpoints.project.rows("lpad(_source.position, 2, '0')", "_value"))
        .extracting(row -> row.replaceFirst("\\[(..),.*\"id\":([0-9]+),.*", "$1 $2"))
        .containsExactlyElementsOf(
            IntStream.range(0, 13).mapToObj(i -> "%02d %d".formatted(i + 1, i)).toList());
  }

  @Test
  void aPageThatCannotBeReadLandsAndIsAskedForAgainUntilItCan() {
    Endpoints endpoints = endpoints(null);
    Source.Http source = source("readings", CURSOR);
    page("", okJson("{\"data\":[1],\"next\":\"b\"}"));
    page("b", ok("<html>Sorry</html>").withHeader("Content-Type", "text/html"));

    BatchResult first = endpoints.run(source);
    assertThat(first.account()).isEqualTo(Account.appended(2));
    assertThat(first.exitCode()).isEqualTo(ExitCode.QUALITY);
    assertThat(first.notes())
        .anyMatch(note -> note.contains("readings?after=b cannot be read (malformed JSON near"));
    endpoints.assertFails(source, ExitCode.UNAVAILABLE, "still cannot be read", "readings?after=b");

    page("b", okJson("{\"data\":[\"" + "x".repeat(2000) + "\"]}"));
    assertThat(endpoints.run(source).exitCode()).isEqualTo(ExitCode.QUALITY);
    page("b", okJson("{\"error\":\"no data today\"}"));
    assertThat(endpoints.run(source).exitCode()).isEqualTo(ExitCode.QUALITY);
    page("b", okJson("{\"data\":[2],\"next\":\"c\"}"));
    page("c", noContent());
    assertThat(endpoints.run(source).exitCode()).isEqualTo(ExitCode.OK);

    assertThat(endpoints.project.rows("_source.position", "_value", "_problem", "left(_raw, 30)"))
        .containsExactly(
            "[1,{\"data\":[1],\"next\":\"b\"},null,null]",
            "[2,null,malformed JSON near character 1,<html>Sorry</html>]",
            "[3,null,record over 1024 bytes,{\"bytes\":2013,\"sha256\":\"607cd4]",
            "[4,null,no array at data,{\"error\":\"no data today\"}]",
            "[5,{\"data\":[2],\"next\":\"c\"},null,null]");
  }

  private static void page(String after, ResponseDefinitionBuilder answer) {
    API.server()
        .stubFor(
            get(urlPathEqualTo("/v1/readings"))
                .withQueryParam("after", after.isEmpty() ? absent() : equalTo(after))
                .willReturn(answer));
  }

  @Test
  void aTokenOfTheLastAnswerIsThePositionAndAPageThatIsGoneIsNoDeadEnd() {
    Endpoints endpoints = endpoints(null);
    HttpIncremental token =
        new HttpIncremental(
            "position", Optional.empty(), Optional.of("sync"), Optional.empty(), Optional.of("t0"));
    Source.Http source = source("readings", CURSOR, token, Map.of());
    List<String> asked = new ArrayList<>();
    API.server().addMockServiceRequestListener((request, response) -> asked.add(request.getUrl()));
    page("", okJson("{\"data\":[1],\"next\":\"b\"}"));
    page("b", status(410));
    assertThatThrownBy(() -> endpoints.run(source, 1, CommitSeam.DIRECT))
        .hasMessageContaining("status 410");
    page("", okJson("{\"data\":[1],\"sync\":\"t1\"}"));
    BatchResult again = endpoints.run(source);
    assertThat(again.notes()).anyMatch(note -> note.contains("began again"));
    page("", okJson("{\"data\":[],\"sync\":\"t2\"}"));
    assertThat(endpoints.run(source).outcome()).isEqualTo(Outcome.UNCHANGED);

    assertThat(endpoints.project.rows("_source.position", "_page.url"))
        .allMatch(row -> row.contains("readings?position=t0"))
        .hasSize(2);
    assertThat(asked).last().isEqualTo("/v1/readings?position=t1");
  }
}
