package io.assay.gold.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Outcome;
import io.assay.config.Connection;
import io.assay.config.Destination;
import io.assay.config.Publication;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("all")
class RedisPublicationTest {
  /** More than a busy machine needs for an answer. */
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private RedisProcess server;
  private PublishFixture gold;

  @BeforeEach
  void aMartAndAServer() {
    server = new RedisProcess(folder);
    gold = new PublishFixture(folder.resolve("warehouse"));
    to(Optional.empty());
    connect(RedisProcess.PASSWORD, LONG);
    gold.mart(
        2,
        "city string",
        "id int",
        "name string",
        "amount decimal(8,2)",
        "at timestamp",
        "seen array<timestamp>");
    gold.change(
        "INSERT INTO TABLE VALUES ('Bern', 1, 'Ann', 1.50, TIMESTAMP'2026-01-01 00:00:00.000001Z', array(TIMESTAMP'2026-01-01 00:00:00.000001Z'), 1),"
            + " ('a:b%', 2, 'Åse \"x\"', NULL, NULL, NULL, 1), ('Oslo', 3, NULL, 3, NULL, NULL, 1)");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void to(Optional<Duration> expire) {
    gold.to = new Destination.Redis("cache", "people", expire);
  }

  private void connect(String password, Duration patience) {
    gold.connections.put(
        "cache",
        new Connection.Redis(
            server.url(), Optional.empty(), Optional.of(password), LONG, patience));
  }

  private Account publish() {
    BatchResult result = gold.publish();
    assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    return result.account();
  }

  private String keys() {
    return server.cli(
        "--raw", "EVAL", "local k = redis.call('KEYS', 'people:*') table.sort(k) return k", "0");
  }

  private String row(String key) {
    return server.cli("--raw", "HMGET", key, "id", "name", "amount", "at", "_version");
  }

  @Test
  void rowsAreHashesThatFollowTheMart() {
    assertThat(publish()).isEqualTo(new Counts(3, 0, 0).account());
    assertThat(keys()).isEqualTo("people:Bern:1\npeople:Oslo:3\npeople:a%3Ab%25:2");
    assertThat(row("people:Bern:1")).isEqualTo("1\nAnn\n1.50\n2026-01-01 00:00:00.000001\n1");
    assertThat(server.cli("--raw", "HGET", "people:Bern:1", "seen"))
        .isEqualTo("[\"2026-01-01T00:00:00.000001Z\"]");
    assertThat(row("people:a%3Ab%25:2")).isEqualTo("2\nÅse \"x\"\n\n\n1");
    assertThat(server.cli("HEXISTS", "people:Oslo:3", "name")).isEqualTo("0");
    assertThat(gold.publish().outcome()).isEqualTo(Outcome.UNCHANGED);

    gold.change("DELETE FROM TABLE WHERE id = 2");
    gold.change("UPDATE TABLE SET name = NULL WHERE id = 1");
    assertThat(publish()).isEqualTo(new Counts(1, 1, 0).account());
    assertThat(keys()).isEqualTo("people:Bern:1\npeople:Oslo:3");
    assertThat(row("people:Bern:1")).isEqualTo("1\n\n1.50\n2026-01-01 00:00:00.000001\n3");

    // Restored from nothing: all comes again. A mart that was restored: what is gone goes.
    server.cli("FLUSHALL");
    assertThat(publish()).isEqualTo(new Counts(2, 0, 0).account());
    gold.change("RESTORE TABLE TO VERSION AS OF 0");
    assertThat(publish()).isEqualTo(new Counts(0, 2, 0).account());
    assertThat(keys()).isEmpty();

    to(Optional.of(Duration.ofHours(1)));
    gold.mode = Publication.Mode.ALL;
    gold.change("INSERT INTO TABLE VALUES ('Rome', 9, 'x', 9, NULL, NULL, 1)");
    publish();
    assertThat(Long.parseLong(server.cli("TTL", "people:Rome:9"))).isBetween(3500L, 3600L);
  }

  @Test
  void aDeliveryThatDiesAnywhereIsDoneAgainAndOneThatWasOvertakenWritesNothing() {
    publish();
    int places = 1;
    for (int place = 0; place < places; place++) {
      gold.change("UPDATE TABLE SET amount = %d".formatted(place + 1));
      gold.change(
          "INSERT INTO TABLE VALUES ('Rome', %d, 'x', 0, NULL, NULL, 1)".formatted(100 + place));
      int crashAt = place;
      assertThatThrownBy(() -> gold.publish(new Crash(crashAt))).isInstanceOf(Crash.Death.class);
      gold.change("DELETE FROM TABLE WHERE id = %d".formatted(100 + place));
      Crash whole = new Crash(-1);
      gold.publish(whole);
      places = place == 0 ? whole.places() : places;
      assertThat(keys()).isEqualTo("people:Bern:1\npeople:Oslo:3\npeople:a%3Ab%25:2");
      assertThat(row("people:Oslo:3")).startsWith("3\n\n" + (place + 1) + ".00\n");
    }
    assertThat(places).isGreaterThanOrEqualTo(6);

    // While a delivery waits before its rows, another one begins.
    // A delivery that was overtaken, late.
    RedisServer late = new RedisServer("cache", (Connection.Redis) gold.connections.get("cache"));
    assertThatThrownBy(
            () ->
                late.run(
                    RedisScripts.ROWS,
                    List.of("assay:published:test/copy", "people:Rome:100"),
                    List.of("1", "test/copy/", "0", "[\"name\",\"late\"]")))
        .hasMessageContaining("SUPERSEDED");
    assertThat(server.cli("EXISTS", "people:Rome:100")).isEqualTo("0");

    gold.change("UPDATE TABLE SET amount = 77");
    server.cli("HSET", "assay:published:test/copy", "version", "99", "batch", "99");
    assertFails(ExitCode.FAILURE, "holds version 99 of gold.people");
    assertThat(row("people:Oslo:3")).doesNotContain("77");
  }

  @Test
  void whatADeliveryLeftThatWasGivenUpIsMendedAlthoughTheMartWentBack() {
    publish();
    // After the first of two pages, and after the second one.
    for (int place : List.of(4, 6)) {
      gold.change("UPDATE TABLE SET amount = 10 WHERE id = 1");
      gold.change(
          "INSERT INTO TABLE SELECT 'Rome', CAST(id AS int), 'x', 0, NULL, NULL, 1 FROM range(100, 700)");
      assertThatThrownBy(() -> gold.publish(new Crash(place))).isInstanceOf(Crash.Death.class);
      assertThat(keys().lines().count()).isGreaterThanOrEqualTo(500);
      gold.change("UPDATE TABLE SET amount = 1.5 WHERE id = 1");
      gold.change("DELETE FROM TABLE WHERE id >= 100");
      assertThat(publish()).isEqualTo(new Counts(1, 600, 0).account());
      assertThat(keys()).isEqualTo("people:Bern:1\npeople:Oslo:3\npeople:a%3Ab%25:2");
      assertThat(row("people:Bern:1")).startsWith("1\nAnn\n1.50\n");
    }

    // Other columns were on their way out, which are taken back.
    gold.published = Map.of("city", "city", "id", "id", "label", "name");
    assertThatThrownBy(() -> gold.publish(new Crash(4))).isInstanceOf(Crash.Death.class);
    assertThat(server.cli("--raw", "HGET", "people:Bern:1", "label")).isEqualTo("Ann");
    gold.published = Map.of();
    publish();
    assertThat(row("people:Bern:1")).startsWith("1\nAnn\n1.50\n");
    assertThat(server.cli("HEXISTS", "people:Bern:1", "label")).isEqualTo("0");

    // What was ended is not sent again.
    assertThat(gold.publish().outcome()).isEqualTo(Outcome.UNCHANGED);
    gold.change("UPDATE TABLE SET _batch = 2");
    assertThat(publish()).isEqualTo(Account.EMPTY);
    gold.change("UPDATE TABLE SET amount = 5");
    CommitSeam another =
        (point, commit) -> {
          if (point.step().equals(PublishWork.STEP)) {
            server.cli("HSET", "assay:published:test/copy", "begun", "by another run");
          }
          commit.run();
        };
    assertThatThrownBy(() -> gold.publish(another))
        .hasMessageContaining("was published to by another run meanwhile: run again");
    publish();
    assertThat(row("people:Oslo:3")).startsWith("3\n\n5.00\n");
  }

  @Test
  void whatFailsHasItsExitCode() {
    server.cli("SET", "people:Bern:1", "mine");
    assertFails(ExitCode.FAILURE, "a name that a row needs and that was not published here");
    assertThat(server.cli("GET", "people:Bern:1")).isEqualTo("mine");
    gold.change("INSERT INTO TABLE VALUES ('Rome', NULL, 'x', 0, NULL, NULL, 1)");
    assertFails(ExitCode.QUALITY, "1 row of gold.people has no value in its key (city, id)");
    gold.change("DELETE FROM TABLE WHERE id IS NULL");
    connect("wrong-secret", LONG);
    assertFails(ExitCode.FAILURE, "connection 'cache' refuses us");
    connect(RedisProcess.PASSWORD, Duration.ofMillis(500));
    server.close();
    assertFails(ExitCode.UNAVAILABLE, "connection 'cache' does not answer");
    server.start();
    connect(RedisProcess.PASSWORD, LONG);
    publish();
    assertThat(keys()).contains("people:Oslo:3");
  }

  private void assertFails(ExitCode exitCode, String message) {
    assertThatThrownBy(() -> gold.publish())
        .isInstanceOfSatisfying(
            AssayException.class, failure -> assertThat(failure.exitCode()).isEqualTo(exitCode))
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }
}
