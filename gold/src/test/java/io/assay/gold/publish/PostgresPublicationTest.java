package io.assay.gold.publish;

import static io.assay.gold.publish.PublishFixture.COPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.FinishedBatch;
import io.assay.batch.Outcome;
import io.assay.config.Connection;
import io.assay.config.Destination;
import io.assay.config.Publication;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.ops.AccountProof;
import io.assay.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresPublicationTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final PostgresServer SERVER = PostgresServer.shared();

  @TempDir Path folder;
  private PublishFixture gold;
  private String database;

  @BeforeEach
  void aMartAndADatabase() {
    database = "publication_" + NUMBER.incrementAndGet();
    SERVER.create(database);
    warehouse(folder.resolve("people"));
    gold.mart(2, "city string", "id int", "name string", "amount decimal(8,2)");
    gold.change(
        "INSERT INTO TABLE VALUES ('Bern', 1, 'Ann', 1.50, 1), ('Bern', 2, NULL, 2, 1), ('Oslo', 1, 'Åse \"x\",\t\n\\\\.\n', 3, 1)");
  }

  private void warehouse(Path path) {
    gold = new PublishFixture(path);
    gold.to = new Destination.Postgres("crm", "public.People", false);
    connect(SERVER.url(database), PostgresServer.PASSWORD);
  }

  private void connect(String url, String password) {
    connect(url, password, Duration.ofMinutes(1));
  }

  private void connect(String url, String password, Duration patience) {
    gold.connections.put(
        "crm",
        new Connection.Jdbc(
            url, Optional.of(PostgresServer.USER), Optional.of(password), Map.of(), patience));
  }

  private List<String> rows() {
    return rows("SELECT city, id, name, amount FROM \"People\" ORDER BY 1, 2");
  }

  private List<String> rows(String sql) {
    return SERVER.rows(database, sql);
  }

  private Account publish() {
    BatchResult result = gold.publish();
    assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(result.account().balanced()).isTrue();
    return result.account();
  }

  private static Account account(long upserted, long deleted, long unchanged) {
    return new Counts(upserted, deleted, unchanged).account();
  }

  @Test
  void theTableIsMadeAndFollowsTheMartAndWritesOnlyWhatDiffers() {
    assertThat(publish()).isEqualTo(account(3, 0, 0));
    assertThat(rows())
        .containsExactly("Bern|1|Ann|1.50", "Bern|2|null|2.00", "Oslo|1|Åse \"x\",\t\n\\.\n|3.00");

    assertThat(gold.publish().outcome()).isEqualTo(Outcome.UNCHANGED);

    // Two versions: one row comes and goes, one changes and changes back, one only in its batch.
    gold.change("UPDATE TABLE SET amount = 9, _batch = 2 WHERE city = 'Bern' AND id = 1");
    gold.change("INSERT INTO TABLE VALUES ('Rome', 7, 'Gone', 7, 2), ('Lyon', 5, 'Léa', 5, 2)");
    gold.change("UPDATE TABLE SET amount = 1.5, _batch = 3 WHERE city = 'Bern' AND id = 1");
    gold.change("DELETE FROM TABLE WHERE city = 'Rome' OR (city = 'Oslo' AND id = 1)");
    gold.change("UPDATE TABLE SET name = 'Bob' WHERE city = 'Bern' AND id = 2");
    assertThat(publish()).isEqualTo(account(2, 1, 0));
    assertThat(rows()).containsExactly("Bern|1|Ann|1.50", "Bern|2|Bob|2.00", "Lyon|5|Léa|5.00");

    gold.change("UPDATE TABLE SET _batch = 9");
    assertThat(publish()).isEqualTo(Account.EMPTY);

    gold.mode = Publication.Mode.ALL;
    gold.change("DELETE FROM TABLE WHERE id = 5");
    assertThat(publish()).isEqualTo(account(0, 1, 2));
    assertThat(rows()).hasSize(2);
    assertThat(new AccountProof(gold.spark, gold.warehouse).check(COPY)).isEmpty();
  }

  @Test
  void everyTypeComesAsItIs() {
    warehouse(folder.resolve("types"));
    gold.mart(
        1,
        "id bigint",
        "b boolean",
        "t tinyint",
        "s smallint",
        "f float",
        "d double",
        "n decimal(38,10)",
        "day date",
        "at timestamp",
        "local timestamp_ntz",
        "bytes binary",
        "tags array<string>",
        "more struct<x:timestamp,y:string>");
    gold.change(
        "INSERT INTO TABLE VALUES (9007199254740993, true, -1, 300, CAST('NaN' AS FLOAT), CAST('-Infinity' AS DOUBLE), 12345678901234567890.0123456789BD, DATE'0099-12-31', TIMESTAMP'9999-12-31 23:59:59.999999Z', TIMESTAMP_NTZ'2026-03-29 01:30:00.5', X'00ff', array('a\"', NULL), named_struct('x', TIMESTAMP'2026-01-01 00:00:00.000001Z', 'y', 'ü'), 1)");
    gold.change(
        "INSERT INTO TABLE VALUES (-1, NULL, NULL, NULL, NULL, 1e300, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1), (0, NULL, NULL, NULL, NULL, 0.1D, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1)");

    publish();

    assertThat(
            rows(
                "SELECT id, b, t, s, f, d, n, day, at AT TIME ZONE 'UTC', local, bytes, tags, more"
                    + " FROM \"People\" WHERE id > 0"))
        .containsExactly(
            "9007199254740993|t|-1|300|NaN|-Infinity|12345678901234567890.0123456789|0099-12-31"
                + "|9999-12-31 23:59:59.999999|2026-03-29 01:30:00.5|\\x00ff"
                + "|[\"a\\\"\", null]|{\"x\": \"2026-01-01T00:00:00.000001Z\", \"y\": \"ü\"}");
    assertThat(rows("SELECT d, b IS NULL, tags IS NULL FROM \"People\" WHERE id <= 0 ORDER BY id"))
        .containsExactly("1e+300|t|t", "0.1|t|t");
    assertThat(
            rows(
                "SELECT string_agg(format_type(atttypid, atttypmod), ' ' ORDER BY attnum) FROM pg_attribute"
                    + " WHERE attrelid = '\"People\"'::regclass AND attnum > 0"))
        .containsExactly(
            "bigint boolean smallint smallint real double precision numeric(38,10) date"
                + " timestamp with time zone timestamp without time zone bytea jsonb jsonb");
    gold.change("UPDATE TABLE SET d = 0.2 WHERE id = 0");
    gold.change("UPDATE TABLE SET more.x = TIMESTAMP'2026-01-01 00:00:00.000002Z' WHERE id > 0");
    assertThat(publish()).isEqualTo(account(2, 0, 0));
  }

  @Test
  void aDeliveryThatDiesAnywhereIsCompletedAndCountedOnce() {
    publish();
    int places = 1;
    long expected = 0;
    for (int place = 0; place < places; place++) {
      int amount = 10 + place;
      gold.change("UPDATE TABLE SET amount = %d WHERE id = 1".formatted(amount));
      gold.change("INSERT INTO TABLE VALUES ('Rome', %d, 'new', 0, 1)".formatted(100 + place));
      expected += 3;
      Crash crash = new Crash(place);
      assertThatThrownBy(() -> gold.publish(crash)).isInstanceOf(Crash.Death.class);
      if (place % 2 == 1) {
        gold.change("DELETE FROM TABLE WHERE id = %d".formatted(100 + place));
        // Before anything was delivered, a row that came and went since is never there.
        expected += place == 1 ? -1 : 1;
      }
      Crash whole = new Crash(-1);
      gold.publish(whole);
      assertThat(rows("SELECT DISTINCT amount FROM \"People\" WHERE id = 1"))
          .containsExactly(amount + ".00");
      if (place == 0) {
        places = whole.places();
      }
    }
    assertThat(gold.publish().outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(places).isGreaterThanOrEqualTo(6);
    assertThat(rows("SELECT count(*) FROM \"People\" WHERE city = 'Rome'"))
        .containsExactly(
            gold.spark
                .sql("SELECT count(*) FROM " + gold.table() + " WHERE city = 'Rome'")
                .first()
                .get(0)
                .toString());
    long applied =
        gold.ledger()
            .doneAfter(1)
            .map(FinishedBatch::end)
            .mapToLong(end -> end.account().applied())
            .sum();
    assertThat(applied).isEqualTo(expected);
  }

  @Test
  void theTargetTellsWhatItHolds() {
    publish();
    SERVER.execute(
        database,
        "CREATE TABLE old AS TABLE \"People\"",
        "CREATE TABLE old_position AS TABLE assay_published");
    gold.change("UPDATE TABLE SET amount = 8 WHERE id = 2");
    publish();

    // Restored from a backup: it catches up by itself.
    SERVER.execute(
        database,
        "TRUNCATE \"People\"",
        "INSERT INTO \"People\" TABLE old",
        "TRUNCATE assay_published",
        "INSERT INTO assay_published TABLE old_position");
    assertThat(publish()).isEqualTo(account(1, 0, 0));

    // Dropped: all comes again.
    SERVER.execute(database, "DROP TABLE \"People\"");
    assertThat(publish()).isEqualTo(account(3, 0, 0));

    // The mart was restored: its feed has a gap, and what is gone is deleted.
    gold.change("INSERT INTO TABLE VALUES ('Rome', 9, 'x', 9, 1)");
    publish();
    gold.change("RESTORE TABLE TO VERSION AS OF 2");
    assertThat(publish()).isEqualTo(account(0, 1, 3));
    assertThat(gold.ledger().lastDone().orElseThrow().end().notes())
        .containsExactly(
            "version 4 of gold.people in full, since gold.people was restored: 0 rows upserted, 1 deleted, 3 as they were");

    // Other columns: all comes again, into a table that has them.
    gold.published = Map.of("town", "city", "id", "id", "amount", "amount");
    assertThatThrownBy(() -> gold.publish())
        .hasMessageContaining("it has no column town (text); ")
        .hasMessageContaining("needs a value for column city, which is not published");
    SERVER.execute(database, "ALTER TABLE \"People\" RENAME COLUMN city TO town");
    assertThat(publish()).isEqualTo(account(0, 0, 3));
  }

  @Test
  void anOlderVersionNeverReplacesANewerOne() {
    publish();
    SERVER.execute(database, "UPDATE assay_published SET version = 41, batch = 41");
    gold.change("UPDATE TABLE SET amount = 0");
    assertFails(ExitCode.FAILURE, "publish.copy holds version 41 of gold.people");
    assertThat(rows("SELECT min(amount) FROM \"People\"")).containsExactly("1.50");
  }

  @Test
  void whatIsThereIsNotTakenOverUnasked() {
    SERVER.execute(
        database,
        "CREATE TABLE \"People\" (id bigint, city varchar(9), name text, amount numeric, kept int DEFAULT 7, UNIQUE (id, city))",
        "INSERT INTO \"People\" VALUES (1, 'Bern', 'Ann', 1.5), (3, 'Kiel', 'Kai', 3)");
    assertFails(ExitCode.FAILURE, "say 'adopt: true'");
    assertThat(rows()).hasSize(2);

    gold.to = new Destination.Postgres("crm", "public.People", true);
    assertThat(publish()).isEqualTo(account(2, 1, 1));
    assertThat(rows("SELECT DISTINCT kept FROM \"People\"")).containsExactly("7");

    // What a column does not hold is refused by the server, and nothing is written.
    gold.change(
        "INSERT INTO TABLE VALUES ('Constantinople', 1, 'secret-name', 1, 1), ('Rome', 1, 'x', 1, 1)");
    assertFails(ExitCode.FAILURE, "value too long for type character varying(9)");
    SERVER.execute(database, "ALTER TABLE \"People\" ADD CHECK (amount < 5)");
    gold.change("UPDATE TABLE SET city = 'Byzanz', amount = 6 WHERE city = 'Constantinople'");
    assertFails(ExitCode.FAILURE, "violates check constraint");
    assertThat(rows()).hasSize(3);
    SERVER.execute(database, "ALTER TABLE \"People\" ALTER id TYPE smallint");
    assertFails(ExitCode.CONFIGURATION, "it has column id as smallint, not integer");
    SERVER.execute(
        database,
        "ALTER TABLE \"People\" ALTER id TYPE int",
        "ALTER TABLE \"People\" DROP CONSTRAINT \"People_id_city_key\"");
    assertFails(ExitCode.CONFIGURATION, "no primary key or unique constraint on \"city\", \"id\"");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsWaitedForAndOneThatRefusesUsIsNot() {
    connect("jdbc:postgresql://127.0.0.1:1/none", PostgresServer.PASSWORD, Duration.ofMillis(600));
    assertFails(ExitCode.UNAVAILABLE, "connection 'crm' does not answer");
    connect(SERVER.url("none_such"), PostgresServer.PASSWORD);
    assertFails(ExitCode.CONFIGURATION, "does not have what table public.People needs");
    connect(SERVER.url(database), "wrong-secret");
    assertFails(ExitCode.FAILURE, "connection 'crm' refuses us");
    connect(SERVER.url(database), PostgresServer.PASSWORD);
    gold.to = new Destination.Postgres("crm", "nowhere.People", false);
    assertFails(ExitCode.CONFIGURATION, "schema \"nowhere\" does not exist");
  }

  private void assertFails(ExitCode exitCode, String message) {
    assertThatThrownBy(() -> gold.publish())
        .isInstanceOfSatisfying(
            AssayException.class, failure -> assertThat(failure.exitCode()).isEqualTo(exitCode))
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }
}
