package io.assay.bronze.jdbc;

import static io.assay.bronze.jdbc.Tables.changes;
import static io.assay.bronze.jdbc.Tables.changesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.CommitSeam;
import io.assay.batch.Outcome;
import io.assay.job.Pending;
import io.assay.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes by watermark: none lost, none twice. */
class JdbcChangesTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();
  private static final String VERSIONS =
      "SELECT id, v, to_char(at AT TIME ZONE 'UTC', 'HH24:MI:SS') FROM orders";

  @TempDir Path folder;

  @Test
  void whatStandsInTheTableAtARunIsInBronzeOnceHoweverTimesAndCommitsFall() throws SQLException {
    POSTGRES.create("changes");
    POSTGRES.execute(
        "changes", "CREATE TABLE orders (id int PRIMARY KEY, v int, at timestamptz NOT NULL)");
    Tables tables =
        Tables.of(folder, "changes", changes("public.orders", "at", "PT5M", "id")).inBatchesOf(25);
    Random random = new Random(20_261_121);
    Deque<Connection> open = new ArrayDeque<>();
    Set<String> seen = new TreeSet<>();
    int ids = 0;
    for (int minute = 0; minute < 9; minute++) {
      for (int i = random.nextInt(30); i > 0; i--) {
        POSTGRES.execute("changes", change(random, ids++, minute));
      }
      Connection late = POSTGRES.connect("changes");
      late.setAutoCommit(false);
      try (Statement statement = late.createStatement()) {
        statement.execute(insert(ids++, minute));
      }
      open.add(late);
      while (open.size() > random.nextInt(4)) {
        Connection committed = open.remove();
        committed.commit();
        committed.close();
      }
      seen.addAll(POSTGRES.rows("changes", VERSIONS));
      if (minute % 3 == 1) {
        assertThatThrownBy(() -> tables.run(powerCut(random))).hasMessage("power cut");
      }
      tables.run();
    }
    while (!open.isEmpty()) {
      try (Connection committed = open.remove()) {
        committed.commit();
      }
    }
    seen.addAll(POSTGRES.rows("changes", VERSIONS));
    tables.run();

    assertThat(tables.project.rows("concat_ws('|', id, v, substring(at, 12, 8))"))
        .containsExactlyInAnyOrderElementsOf(seen.stream().map(row -> "[" + row + "]").toList());
    assertThat(tables.project.rows("_source.origin", "_source.position")).doesNotHaveDuplicates();
    long version = tables.project.version();
    assertThat(tables.run().outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(tables.pending()).isEqualTo(new Pending.Nothing());
    POSTGRES.execute("changes", "DELETE FROM orders WHERE at = (SELECT max(at) FROM orders)");
    assertThat(tables.run().account()).isEqualTo(Account.EMPTY);
    assertThat(tables.project.version()).isEqualTo(version);
  }

  private static String change(Random random, int id, int minute) {
    return random.nextInt(3) == 0
        ? "UPDATE orders SET v = v + 1, at = '%s' WHERE id = %d"
            .formatted(time(minute), random.nextInt(id + 1))
        : insert(id, minute);
  }

  private static String insert(int id, int minute) {
    return "INSERT INTO orders VALUES (%d, 0, '%s')".formatted(id, time(minute));
  }

  /** Many rows share it, in the borders of batches, too. */
  private static String time(int minute) {
    return "2026-01-01 10:%02d:00+00".formatted(minute);
  }

  private static CommitSeam powerCut(Random random) {
    String step = List.of("INTENT", "BRONZE", "DONE").get(random.nextInt(3));
    boolean before = random.nextBoolean();
    return (point, commit) -> {
      if (!point.step().equals(step)) {
        commit.run();
        return;
      }
      if (!before) {
        commit.run();
      }
      throw new IllegalStateException("power cut");
    };
  }

  @Test
  void numbersServeAsWellAndRowsWithoutAWatermarkAreTold() {
    POSTGRES.create("numbers");
    POSTGRES.execute(
        "numbers",
        "CREATE TABLE t (id int, part text, n bigint)",
        "INSERT INTO t SELECT i, 'p', i FROM generate_series(1, 20) i",
        "INSERT INTO t VALUES (98, 'none', null), (99, 'none', null)");
    Tables tables =
        Tables.of(
                folder,
                "numbers",
                changesOf("SELECT *, id * 2 AS twice FROM t;", "N", "5", "id", "part"))
            .inBatchesOf(8);
    assertThat(tables.pending()).isEqualTo(new Pending.Records(20));
    assertThat(tables.run().notes())
        .containsExactly(
            "2 rows of shop/t: no N that is a number, so they are not read; give them one, or read a query that does");
    assertThat(tables.project.ledger().newestBatch()).isEqualTo(3);
    assertThat(tables.project.rows("_source.key", "twice"))
        .contains("[[\"7\",\"p\"],14]")
        .hasSize(20);

    POSTGRES.execute("numbers", "INSERT INTO t VALUES (16, 'q', 16), (17, 'q', 9)");
    assertThat(tables.run().account()).isEqualTo(Account.appended(1));
    assertThat(tables.project.rows("part", "n")).contains("[q,16]").doesNotContain("[q,9]");
  }

  @Test
  void whatIsNoNumberMovesNoPosition() {
    POSTGRES.create("nan");
    POSTGRES.execute(
        "nan",
        "CREATE TABLE t (id int, n numeric)",
        "INSERT INTO t VALUES (1, 1), (2, 2.5), (3, 'NaN')");
    Tables tables = Tables.of(folder, "nan", changes("t", "n", "1", "id"));
    assertThat(tables.run().notes())
        .containsExactly(
            "1 row of shop/t: no n that is a number, so it is not read; give them one, or read a query that does");
    POSTGRES.execute("nan", "INSERT INTO t VALUES (4, 3)");
    assertThat(tables.pending()).isEqualTo(new Pending.Records(1));
    assertThat(tables.run().account()).isEqualTo(Account.appended(1));
    assertThat(tables.run().outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(tables.project.rows("id")).containsExactly("[1]", "[2]", "[4]");
  }

  @Test
  void theOverlapIsAsLongWhereClocksWerePutForwardInIt() {
    POSTGRES.create("summer");
    POSTGRES.execute(
        "summer",
        "CREATE TABLE t (id int, at timestamp)",
        "INSERT INTO t VALUES (1, '2025-03-30 01:50'), (2, '2025-03-30 03:02')");
    Tables tables = Tables.of(folder, "summer", changes("t", "at", "PT10M", "id"));
    tables.project.in(ZoneId.of("Europe/Berlin"));
    tables.run();
    POSTGRES.execute(
        "summer",
        "INSERT INTO t VALUES (3, '2025-03-30 01:55'), (4, '2025-03-30 01:51'), (5, '2025-03-30 03:01')");
    tables.run();
    assertThat(tables.project.rows("id")).containsExactly("[1]", "[2]", "[3]", "[5]");
  }

  @Test
  void aColumnThatIsAddedWithADefaultMakesNoNewRowsOfOldOnes() {
    POSTGRES.create("added");
    POSTGRES.execute(
        "added",
        "CREATE TABLE t (id int, at timestamptz)",
        "INSERT INTO t SELECT i, '2026-01-01 10:00:00+00' FROM generate_series(1, 3) i");
    Tables tables = Tables.of(folder, "added", changes("t", "at", "PT1H", "id"));
    tables.run();
    String landed = "concat_ws('|', id, a, b)";
    for (String column : List.of("a", "b")) {
      POSTGRES.execute(
          "added",
          "ALTER TABLE t ADD COLUMN %s text DEFAULT '%s'".formatted(column, column),
          "INSERT INTO t SELECT max(id) + 1, '2026-01-01 10:01:00+00' FROM t");
      assertThat(tables.run().account()).isEqualTo(Account.appended(1));
      POSTGRES.execute("added", "INSERT INTO t SELECT max(id) + 1, max(at) FROM t");
      assertThat(tables.run().account()).as("after %s", column).isEqualTo(Account.appended(1));
      assertThat(tables.run().outcome()).isEqualTo(Outcome.UNCHANGED);
    }
    POSTGRES.execute(
        "added", "UPDATE t SET b = 'c' WHERE id = 7", "INSERT INTO t SELECT 8, max(at) FROM t");
    tables.run();
    assertThat(tables.project.rows(landed))
        .containsExactly(
            "[1]", "[2]", "[3]", "[4|a]", "[5|a]", "[6|a|b]", "[7|a|b]", "[7|a|c]", "[8|a|b]");
  }

  @Test
  void aTimeThatHasNotComeIsTakenAndHoldsNothingBack() {
    POSTGRES.create("future");
    POSTGRES.execute(
        "future",
        "CREATE TABLE t (id int, at timestamp)",
        "INSERT INTO t VALUES (1, '2026-01-01'), (2, '9999-12-31 23:59:59.999999'), (3, '9000-01-01'), (4, 'infinity')");
    Tables tables = Tables.of(folder, "future", changes("t", "at", "PT1H", "id")).inBatchesOf(1);
    assertThat(tables.run().notes())
        .singleElement()
        .asString()
        .startsWith("1 row of shop/t: no at");
    assertThat(tables.run().outcome()).isEqualTo(Outcome.UNCHANGED);
    POSTGRES.execute(
        "future",
        "INSERT INTO t VALUES (5, clock_timestamp() AT TIME ZONE 'UTC'), (6, '9999-01-01')");
    tables.run();
    POSTGRES.execute("future", "INSERT INTO t VALUES (7, clock_timestamp() AT TIME ZONE 'UTC')");
    tables.run();
    assertThat(tables.project.rows("id")).containsExactly("[1]", "[2]", "[3]", "[5]", "[6]", "[7]");
  }
}
