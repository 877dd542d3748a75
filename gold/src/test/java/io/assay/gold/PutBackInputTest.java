package io.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.CommitSeam;
import io.assay.batch.Outcome;
import io.assay.config.Mart;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An input's folder is replaced by an older copy of it, which goes on in its own way. */
class PutBackInputTest {
  private static final TableName ORDERS = TableName.silver("orders");
  private static final TableName CLICKS = TableName.gold("clicks");
  private static final String AGAIN = " is new, was made anew, or was put back from a backup";

  @TempDir Path folder;

  private File warehouse(TableName table) {
    return folder
        .resolve("warehouse")
        .resolve(table.layer().label())
        .resolve(table.name())
        .toFile();
  }

  private File backup() {
    return folder.resolve("backup").toFile();
  }

  private void backUp(TableName table) throws IOException {
    FileUtils.deleteDirectory(backup());
    FileUtils.copyDirectory(warehouse(table), backup());
  }

  /** What another process finds, which remembers nothing of the table. */
  private void putBack(TableName table) throws IOException {
    FileUtils.deleteDirectory(warehouse(table));
    FileUtils.copyDirectory(backup(), warehouse(table));
    DeltaLog.clearCache();
  }

  @Test
  void aMartIsComputedInFullWhetherItsInputIsStillBehindOrHasCaughtUp() throws IOException {
    MartFixture gold = new MartFixture(folder.resolve("warehouse"));
    orders(gold, 1, "Oslo");
    Mart mart = gold.sales();
    gold.run(mart);
    backUp(ORDERS);
    orders(gold, 2, "Rome", "Bern");
    gold.run(mart);

    putBack(ORDERS);
    full(gold, mart);
    orders(gold, 3, "Lyon", "Graz");
    followed(gold, mart, "incremental: 2 keys of 1 (changed rows: 2 of silver.orders)");

    putBack(ORDERS);
    orders(gold, 5, "Kyiv", "Cork");
    assertThat(version(gold)).isEqualTo(2);
    full(gold, mart);

    putBack(ORDERS);
    orders(gold, 7, "Nice", "Metz", "Bari");
    full(gold, mart);
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.UNCHANGED);
    orders(gold, 10, "Ulm");
    followed(gold, mart, "incremental: 1 key of 4 (changed rows: 1 of silver.orders)");

    orders(gold, 11, "Ulm");
    assertThatThrownBy(() -> gold.run(mart, PutBackInputTest::cutOff)).hasMessage("power cut");
    putBack(ORDERS);
    followed(
        gold,
        mart,
        "batch 8 was interrupted and has been rolled forward",
        "its inputs' versions are gone since it was committed: the account is that of its commit, and its rules are not measured again",
        "computed in full: silver.orders" + AGAIN);
  }

  /** After the mart's own commit. */
  private static void cutOff(CommitSeam.Point point, Runnable commit) {
    commit.run();
    if (point.step().equals("GOLD")) {
      throw new IllegalStateException("power cut");
    }
  }

  /** One commit for each city. */
  private static void orders(MartFixture gold, int id, String... cities) {
    for (String city : cities) {
      gold.append(ORDERS, "SELECT %d AS id, '%s' AS city".formatted(id++, city));
    }
  }

  private static long version(MartFixture gold) {
    return new TableLog(gold.spark, gold.warehouse, ORDERS).state().version();
  }

  private static void full(MartFixture gold, Mart mart) {
    followed(gold, mart, "computed in full: silver.orders" + AGAIN);
  }

  private static void followed(MartFixture gold, Mart mart, String... notes) {
    assertThat(gold.run(mart).notes()).containsExactly(notes);
    assertThat(gold.proof(mart).message()).isEmpty();
  }

  @Test
  void windowsAreMadeAnewWhetherTheirEventsAreStillBehindOrHaveCaughtUp() throws IOException {
    EventTable events = new EventTable(folder.resolve("warehouse"));
    MartFixture gold = events.gold;
    Mart mart =
        events.mart(
            "clicks",
            "SELECT window.end AS closed_at, count(*) AS events FROM silver.events GROUP BY window(happened_at, '5 minutes')",
            Contracts.of("", 1, List.of(), List.of(), "closed_at timestamp", "events bigint"),
            Duration.ZERO);
    events.come("(1, 'a', '10:01:00', 1), (2, 'a', '10:06:00', 1)");
    backUp(EventTable.EVENTS);
    events.come("(3, 'a', '10:31:00', 1)");
    gold.run(mart);
    assertThat(gold.rows(CLICKS)).hasSize(2);

    putBack(EventTable.EVENTS);
    anew(events, mart, 1);

    events.come("(4, 'a', '10:31:00', 1)");
    gold.run(mart);
    putBack(EventTable.EVENTS);
    events.come("(5, 'a', '10:07:00', 1)");
    anew(events, mart, 1);
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  private static void anew(EventTable events, Mart mart, int windows) {
    assertThat(events.gold.run(mart).notes())
        .containsExactly("a new epoch starts at the beginning of the input: silver.events" + AGAIN);
    assertThat(events.gold.rows(CLICKS)).hasSize(windows);
    assertThat(events.gold.proof(mart).message()).isEmpty();
  }
}
