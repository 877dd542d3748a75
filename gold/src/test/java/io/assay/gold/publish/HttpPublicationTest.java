package io.assay.gold.publish;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.config.Destination;
import io.assay.config.Publication;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpPublicationTest {
  private static final ReceivingApi API = new ReceivingApi();

  @TempDir Path folder;
  private PublishFixture gold;

  @BeforeEach
  void aMartAndAnApi() {
    API.forgetsAndAnswers(ok());
    warehouse(folder.resolve("people"));
    gold.mart(1, "id int", "name string", "amount decimal(8,2)", "at timestamp");
    gold.change(
        "INSERT INTO TABLE VALUES (1, 'Ann', 1.50, TIMESTAMP'2026-01-01 00:00:00.000001Z', 1),"
            + " (2, 'Åse \"x\"', NULL, NULL, 1), (3, NULL, 3, NULL, 1)");
  }

  private void warehouse(Path path) {
    gold = new PublishFixture(path);
    gold.to = ReceivingApi.destination();
    connect(ReceivingApi.LONG);
  }

  private void connect(Duration patience) {
    gold.connections.put("api", API.connection(patience));
  }

  @AfterAll
  static void stop() {
    API.close();
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
    assertThat(API.requests()).hasSize(2);
    LoggedRequest first = API.requests().get(0);
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
    assertThat(API.names()).doesNotHaveDuplicates();

    assertThat(gold.publish().outcome()).isEqualTo(Outcome.UNCHANGED);
    gold.change("UPDATE TABLE SET _batch = 2");
    assertThat(publish()).isEqualTo(Account.EMPTY);
    assertThat(API.requests()).hasSize(2);

    API.forget();
    gold.change("DELETE FROM TABLE WHERE id = 2");
    gold.change("UPDATE TABLE SET name = 'Cy' WHERE id = 3");
    assertThat(publish()).isEqualTo(new Counts(1, 1, 0).account());
    assertThat(API.requests()).hasSize(1);
    assertThat(API.requests().get(0).getHeader("Assay-Rows")).isEqualTo("changes");
    assertThat(API.requests().get(0).getBodyAsString())
        .isEqualTo(
            "[{\"op\":\"delete\",\"version\":4,\"key\":{\"id\":2}},\n"
                + "{\"op\":\"upsert\",\"version\":4,\"key\":{\"id\":3},\"row\":{\"id\":3,"
                + "\"name\":\"Cy\",\"amount\":3.00,\"at\":null}}]");
  }

  private void rowsWithoutNames(int rows) {
    warehouse(folder.resolve("many"));
    gold.mart(1, "id int", "name string", "amount decimal(8,2)");
    gold.change(
        "INSERT INTO TABLE SELECT CAST(id AS int), 'n', 0, 1 FROM range(%d)".formatted(rows));
  }

  @Test
  void aDeliveryThatDiesAnywhereIsGoneOnWithUnderTheSameNames() {
    rowsWithoutNames(3);
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
      assertThat(API.held().values()).containsExactlyInAnyOrderElementsOf(mart());
    }
    assertThat(gold.publish().outcome()).isEqualTo(Outcome.UNCHANGED);
    // What was taken is sent again only if the process died before that could be noted.
    assertThat(API.names().size() - API.names().stream().distinct().count()).isEqualTo(2);
  }

  @Test
  void failuresThatPassAreWaitedForAndTheDeliveryGoesOnWhereItStopped() {
    API.answers(
        status(503),
        status(429).withHeader("Retry-After", "1"),
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        ok());
    publish();
    List<String> asked = API.names();
    assertThat(asked).hasSize(5);
    assertThat(asked.subList(0, 4)).containsOnly(asked.get(0)).doesNotContain(asked.get(4));

    API.forgetsAndAnswers(ok(), status(500));
    gold.change("UPDATE TABLE SET name = 'else'");
    connect(Duration.ofSeconds(1));
    assertFails(ExitCode.UNAVAILABLE, "connection 'api' does not answer");
    List<String> names = API.names();
    assertThat(names.subList(1, names.size()))
        .containsOnly(names.get(1))
        .doesNotContain(names.get(0));

    API.forgetsAndAnswers(ok());
    connect(ReceivingApi.LONG);
    assertThat(publish()).isEqualTo(new Counts(3, 0, 0).account());
    assertThat(API.names()).containsExactly(names.get(1));
    assertThat(gold.publish().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void whatIsRefusedEndsTheRunAndACorrectedMartIsSentAnew() {
    API.answers(ok(), status(422));
    assertFails(
        ExitCode.FAILURE,
        "connection 'api' refuses request 2 of 2 of publish.copy, version 1: ",
        "/v1/people/batch answers with status 422 (Idempotency-Key: ");
    List<String> refused = API.names();
    API.forgetsAndAnswers(status(422));
    assertFails(ExitCode.FAILURE, "refuses request 2 of 2");
    assertThat(API.names()).containsExactly(refused.get(1));
    API.forgetsAndAnswers(ok());
    gold.change("UPDATE TABLE SET name = 'well' WHERE id = 3");
    publish();
    assertThat(API.held())
        .hasSize(3)
        .containsEntry("{\"id\":3}", "{\"id\":3,\"name\":\"well\",\"amount\":3.00,\"at\":null}");
    assertThat(API.names()).doesNotContainAnyElementsOf(refused);

    gold.change("DELETE FROM TABLE WHERE id = 3");
    API.forgetsAndAnswers(status(404));
    assertFails(ExitCode.CONFIGURATION, "Correct path and method");
    API.answers(status(308).withHeader("Location", API.url()));
    assertFails(ExitCode.CONFIGURATION, "Redirects are not followed");
    API.answers(status(403));
    assertFails(ExitCode.FAILURE, "Correct its auth");
  }

  @Test
  void whatADeliveryLeftThatWasGivenUpIsMendedAlthoughTheMartWentBack() throws IOException {
    rowsWithoutNames(3);
    publish();
    // The first of two requests is taken, then the second one is refused,
    comesAndGoes(() -> giveUp(status(422)));
    // or not answered, and the configuration changes,
    comesAndGoes(
        () -> {
          connect(Duration.ofMillis(500));
          giveUp(status(500));
          gold.to =
              new Destination.Http(
                  "api", "people/batch", Destination.Http.Method.PUT, 3, ReceivingApi.NAME);
        });
    // or the process dies, and so does the note of what was taken.
    gold.to = ReceivingApi.destination();
    comesAndGoes(
        () -> {
          assertThatThrownBy(() -> gold.publish(new Crash(4))).isInstanceOf(Crash.Death.class);
          Path note = Path.of(gold.ledger().root().toUri()).resolve("sent.json");
          Files.writeString(note, Files.readString(note).substring(0, 20));
        });
    // Other columns go out, for one request.
    gold.published = Map.of("id", "id", "label", "name");
    giveUp(status(422));
    gold.published = Map.of();
    API.answers(ok());
    gold.publish();
    assertThat(API.held().values()).containsExactlyInAnyOrderElementsOf(mart());

    assertThat(gold.publish().outcome()).isEqualTo(Outcome.UNCHANGED);
    gold.change("UPDATE TABLE SET _batch = 2");
    assertThat(publish()).isEqualTo(Account.EMPTY);
  }

  private interface Abandoned {
    void delivery() throws IOException;
  }

  private void comesAndGoes(Abandoned abandoned) throws IOException {
    gold.change("UPDATE TABLE SET amount = 10");
    gold.change("INSERT INTO TABLE VALUES (-1, 'soon gone', 0, 1)");
    abandoned.delivery();
    assertThat(API.held().toString()).contains("soon gone");
    gold.change("UPDATE TABLE SET amount = 0");
    gold.change("DELETE FROM TABLE WHERE id = -1");
    connect(ReceivingApi.LONG);
    API.answers(ok());
    publish();
    assertThat(API.held().values()).containsExactlyInAnyOrderElementsOf(mart());
  }

  private void giveUp(ResponseDefinitionBuilder second) {
    API.answers(ok(), second);
    assertThatThrownBy(() -> gold.publish()).isInstanceOf(AssayException.class);
  }

  @Test
  void ofAMartWithoutRowsThatGoesOutInFullTheApiIsTold() {
    publish();
    gold.mode = Publication.Mode.ALL;
    gold.change("DELETE FROM TABLE");
    API.forget();
    assertThat(publish()).isEqualTo(Account.EMPTY);
    assertThat(API.requests()).hasSize(1);
    LoggedRequest request = API.requests().get(0);
    assertThat(request.getBodyAsString()).isEqualTo("[]");
    assertThat(request.getHeader("Assay-Rows")).isEqualTo("all");
    assertThat(request.getHeader("Assay-Request")).isEqualTo("1/1");
    assertThat(gold.publish().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  private void assertFails(ExitCode exitCode, String... messages) {
    assertThatThrownBy(() -> gold.publish())
        .isInstanceOfSatisfying(
            AssayException.class, failure -> assertThat(failure.exitCode()).isEqualTo(exitCode))
        .hasMessageContainingAll(messages)
        .hasMessageNotContaining("secret");
  }
}
