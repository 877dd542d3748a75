package io.assay.gold.publish;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.config.Connection;
import io.assay.config.Destination;
import io.assay.config.HttpAuth;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpPublicationTest {
  private static final String NAME = "Idempotency-Key";

  /** More than a busy machine needs for an answer. */
  private static final Duration LONG = Duration.ofMinutes(1);

  private static final WireMockServer API =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  @TempDir Path folder;
  private PublishFixture gold;

  @BeforeEach
  void aMartAndAnApi() {
    API.start();
    API.resetAll();
    answers(ok());
    warehouse(folder.resolve("people"));
    gold.mart(1, "id int", "name string", "amount decimal(8,2)", "at timestamp");
    gold.change(
        "INSERT INTO TABLE VALUES (1, 'Ann', 1.50, TIMESTAMP'2026-01-01 00:00:00.000001Z', 1),"
            + " (2, 'Åse \"x\"', NULL, NULL, 1), (3, NULL, 3, NULL, 1)");
  }

  private void warehouse(Path path) {
    gold = new PublishFixture(path);
    gold.to = new Destination.Http("api", "people/batch", Destination.Http.Method.PUT, 2, NAME);
    connect(LONG);
  }

  private void connect(Duration patience) {
    gold.connections.put(
        "api",
        new Connection.Http(
            API.baseUrl() + "/v1/",
            Map.of("X-Shop", "s"),
            Optional.of(new HttpAuth.Bearer("t0p-secret")),
            LONG,
            patience,
            new Connection.Http.Retry(Duration.ofMillis(20), Duration.ofMillis(50)),
            Connection.Http.Breaker.DEFAULT,
            Optional.empty()));
  }

  @AfterAll
  static void stop() {
    API.stop();
  }

  /** Answers one after another, then the last one for ever. */
  private static void answers(ResponseDefinitionBuilder... answers) {
    String state = Scenario.STARTED;
    for (int i = 0; i < answers.length; i++) {
      String next = i == answers.length - 1 ? state : "after " + i;
      API.stubFor(
          any(anyUrl())
              .withHeader("Authorization", equalTo("Bearer t0p-secret"))
              .inScenario("answers")
              .whenScenarioStateIs(state)
              .willSetStateTo(next)
              .willReturn(answers[i]));
      state = next;
    }
  }

  private static List<LoggedRequest> requests() {
    return API.findAll(anyRequestedFor(anyUrl()));
  }

  private static List<String> names() {
    return requests().stream().map(request -> request.getHeader(NAME)).toList();
  }

  private static Map<String, String> held() {
    return HeldRows.after(requests(), NAME);
  }

  private List<String> mart() {
    return gold
        .spark
        .sql(
            "SELECT to_json(named_struct('id', id, 'name', name, 'amount', amount), map('ignoreNullFields', 'false')) FROM "
                + gold.table()
                + " ORDER BY id")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .map(row -> HeldRows.tree(row).toString())
        .toList();
  }

  private Account publish() {
    BatchResult result = gold.publish();
    assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(result.account().balanced()).isTrue();
    return result.account();
  }

  @Test
  void rowsGoOutInRequestsWithNamesAndThenOnlyWhatChanged() {
    assertThat(publish()).isEqualTo(new Counts(3, 0, 0).account());
    assertThat(requests()).hasSize(2);
    LoggedRequest first = requests().get(0);
    assertThat(first.getUrl()).isEqualTo("/v1/people/batch");
    assertThat(first.getMethod().getName()).isEqualTo("PUT");
    assertThat(first.getHeader("X-Shop")).isEqualTo("s");
    assertThat(first.getHeader("Assay-Rows")).isEqualTo("all");
    assertThat(first.getHeader("Assay-Request")).isEqualTo("1/2");
    assertThat(first.getHeader("Assay-Version")).isEqualTo("1");
    assertThat(first.getBodyAsString())
        .isEqualTo(
            "[{\"op\":\"upsert\",\"version\":1,\"key\":{\"id\":1},\"row\":{\"id\":1,\"name\":\"Ann\","
                + "\"amount\":1.50,\"at\":\"2026-01-01T00:00:00.000001Z\"}},\n"
                + "{\"op\":\"upsert\",\"version\":1,\"key\":{\"id\":2},\"row\":{\"id\":2,"
                + "\"name\":\"Åse \\\"x\\\"\",\"amount\":null,\"at\":null}}]");
    assertThat(names()).doesNotHaveDuplicates();

    assertThat(gold.publish().outcome()).isEqualTo(Outcome.UNCHANGED);
    gold.change("UPDATE TABLE SET _batch = 2");
    assertThat(publish()).isEqualTo(Account.EMPTY);
    assertThat(requests()).hasSize(2);

    API.resetRequests();
    gold.change("DELETE FROM TABLE WHERE id = 2");
    gold.change("UPDATE TABLE SET name = 'Cy' WHERE id = 3");
    assertThat(publish()).isEqualTo(new Counts(1, 1, 0).account());
    assertThat(requests()).hasSize(1);
    assertThat(requests().get(0).getHeader("Assay-Rows")).isEqualTo("changes");
    assertThat(requests().get(0).getBodyAsString())
        .isEqualTo(
            "[{\"op\":\"delete\",\"version\":4,\"key\":{\"id\":2}},\n"
                + "{\"op\":\"upsert\",\"version\":4,\"key\":{\"id\":3},\"row\":{\"id\":3,"
                + "\"name\":\"Cy\",\"amount\":3.00,\"at\":null}}]");
  }

  @Test
  void aDeliveryThatDiesAnywhereIsGoneOnWithUnderTheSameNames() {
    warehouse(folder.resolve("many"));
    gold.mart(1, "id int", "name string", "amount decimal(8,2)");
    gold.change("INSERT INTO TABLE SELECT CAST(id AS int), 'n', 0, 1 FROM range(3)");
    Crash whole = new Crash(-1);
    gold.publish(whole);
    // Before and after: the intent, the step, two requests within it, and the end.
    assertThat(whole.places()).isEqualTo(10);
    for (int place = 2; place < 8; place++) {
      gold.change("UPDATE TABLE SET amount = %d WHERE id IN (0, 2)".formatted(place));
      gold.change("INSERT INTO TABLE VALUES (%d, 'more', 0, 1)".formatted(100 + place));
      int crashAt = place;
      assertThatThrownBy(() -> gold.publish(new Crash(crashAt))).isInstanceOf(Crash.Death.class);
      if (place % 2 == 0) {
        gold.change("DELETE FROM TABLE WHERE id = %d".formatted(100 + place));
      }
      gold.publish();
      assertThat(held().values()).containsExactlyInAnyOrderElementsOf(mart());
    }
    assertThat(gold.publish().outcome()).isEqualTo(Outcome.UNCHANGED);
    // What was taken is sent again only if the process died before that could be noted.
    assertThat(names().size() - names().stream().distinct().count()).isEqualTo(2);
  }

  @Test
  void failuresThatPassAreWaitedForAndTheDeliveryGoesOnWhereItStopped() {
    answers(
        status(503),
        status(429).withHeader("Retry-After", "1"),
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        ok());
    publish();
    List<String> asked = names();
    assertThat(asked).hasSize(5);
    assertThat(asked.subList(0, 4)).containsOnly(asked.get(0)).doesNotContain(asked.get(4));

    API.resetAll();
    answers(ok(), status(500));
    gold.change("UPDATE TABLE SET name = 'else'");
    connect(Duration.ofSeconds(1));
    assertFails(ExitCode.UNAVAILABLE, "connection 'api' does not answer");
    List<String> names = names();
    assertThat(names.subList(1, names.size()))
        .containsOnly(names.get(1))
        .doesNotContain(names.get(0));

    API.resetAll();
    answers(ok());
    connect(LONG);
    assertThat(publish()).isEqualTo(new Counts(3, 0, 0).account());
    assertThat(names()).containsExactly(names.get(1));
    assertThat(gold.publish().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void whatIsRefusedEndsTheRunAndACorrectedMartIsSentAnew() {
    answers(ok(), status(422));
    assertFails(
        ExitCode.FAILURE,
        "connection 'api' refuses request 2 of 2 of publish.copy, version 1: ",
        "/v1/people/batch answers with status 422 (Idempotency-Key: ");
    List<String> refused = names();
    API.resetAll();
    answers(ok());
    gold.change("UPDATE TABLE SET name = 'well' WHERE id = 3");
    publish();
    assertThat(held())
        .hasSize(3)
        .containsEntry("{\"id\":3}", "{\"id\":3,\"name\":\"well\",\"amount\":3.00,\"at\":null}");
    assertThat(names()).doesNotContainAnyElementsOf(refused);

    gold.change("DELETE FROM TABLE WHERE id = 3");
    API.resetAll();
    answers(status(404));
    assertFails(ExitCode.CONFIGURATION, "Correct path and method");
    answers(status(308).withHeader("Location", API.baseUrl()));
    assertFails(ExitCode.CONFIGURATION, "Redirects are not followed");
    answers(status(403));
    assertFails(ExitCode.FAILURE, "Correct its auth");
  }

  private void assertFails(ExitCode exitCode, String... messages) {
    assertThatThrownBy(() -> gold.publish())
        .isInstanceOfSatisfying(
            AssayException.class, failure -> assertThat(failure.exitCode()).isEqualTo(exitCode))
        .hasMessageContainingAll(messages)
        .hasMessageNotContaining("secret");
  }
}
