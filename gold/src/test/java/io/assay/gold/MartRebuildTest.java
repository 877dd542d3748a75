package io.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Mart;
import io.assay.contract.OnFailure;
import io.assay.contract.RowRule;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.ops.AccountProof;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.delta.tables.DeltaTable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marts that somebody wants computed anew, although nothing of their inputs has changed. */
class MartRebuildTest {
  private static final TableName ORDERS = TableName.silver("orders");
  private static final TableName SALES = TableName.gold("sales");
  private static final TableName CLICKS = TableName.gold("clicks");

  @TempDir Path folder;

  private static void corrupt(MartFixture gold, TableName mart, String column) {
    DeltaTable.forPath(gold.spark, gold.warehouse.path(mart).toString())
        .updateExpr("true", Map.of(column, "99"));
  }

  private static void proved(MartFixture gold, Mart mart) {
    assertThat(gold.proof(mart).message()).isEmpty();
    assertThat(new AccountProof(gold.spark, gold.warehouse).check(TableName.gold(mart.name())))
        .isEmpty();
  }

  private static CommitSeam cutOffAfter(String step) {
    return (point, commit) -> {
      commit.run();
      if (point.step().equals(step)) {
        throw new IllegalStateException("power cut");
      }
    };
  }

  @Test
  void aMartThatWasChangedByHandIsComputedAnewAndFollowsChangesAgain() {
    MartFixture gold = new MartFixture(folder);
    gold.append(ORDERS, "SELECT * FROM VALUES (1, 'Oslo'), (2, 'Rome') AS t(id, city)");
    Mart mart = gold.sales();
    assertThatThrownBy(() -> gold.rebuild(mart))
        .hasMessage(
            "gold.sales has no batch yet, so there is nothing to rebuild: run it first (assay run gold.sales)");
    gold.run(mart);
    List<String> rows = gold.rows(SALES);

    corrupt(gold, SALES, "orders");
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(gold.rows(SALES)).isNotEqualTo(rows);
    assertThat(gold.rebuild(mart).account()).isEqualTo(Account.appended(2));
    assertThat(gold.rows(SALES)).isEqualTo(rows);
    proved(gold, mart);

    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.UNCHANGED);
    gold.append(ORDERS, "SELECT 3 AS id, 'Rome' AS city");
    assertThat(gold.run(mart).notes())
        .containsExactly("incremental: 1 key of 2 (changed rows: 1 of silver.orders)");
    proved(gold, mart);

    corrupt(gold, SALES, "orders");
    // What has come since is taken in too, and what was cut off is completed by whoever comes next.
    gold.append(ORDERS, "SELECT 4 AS id, 'Bern' AS city");
    assertThatThrownBy(() -> gold.rebuild(mart, Decision.NONE, cutOffAfter("INTENT")))
        .hasMessage("power cut");
    assertThatThrownBy(() -> gold.rebuild(mart, Decision.NONE, cutOffAfter("GOLD")))
        .hasMessage("power cut");
    assertThat(gold.run(mart).notes())
        .containsExactly("batch 5 was interrupted and has been rolled forward");
    assertThat(gold.rows(SALES)).containsExactly("[Bern,1]", "[Oslo,1]", "[Rome,2]");
    proved(gold, mart);
    gold.append(ORDERS, "SELECT 5 AS id, 'Rome' AS city");
    assertThat(gold.run(mart).notes()).singleElement().asString().startsWith("incremental: 1 key");
    proved(gold, mart);
  }

  @Test
  void closedWindowsAreMadeAnewAndWhatWasLateForThemIsInThem() {
    EventTable events = new EventTable(folder);
    MartFixture gold = events.gold;
    Mart mart = events.clicks("count(*)", rule("few", "events < 3"));
    events.come("(1, 'a', '10:00:00', 1), (2, 'a', '10:06:00', 1)");
    gold.run(mart);
    events.come("(3, 'a', '10:01:00', 1), (4, 'a', '10:11:00', 1)");
    gold.run(mart);
    assertThat(gold.rows(CLICKS)).allMatch(row -> row.endsWith(",1]"));
    assertThat(gold.rows(TableName.late("clicks"))).hasSize(1);
    corrupt(gold, CLICKS, "events");
    TableLog log = new TableLog(gold.spark, gold.warehouse, CLICKS);

    assertThatThrownBy(() -> gold.rebuild(mart, Decision.NONE, cutOffAfter("LATE")))
        .hasMessage("power cut");
    assertThat(gold.rows(TableName.late("clicks"))).isEmpty();
    assertThat(gold.rebuild(mart).notes())
        .contains("batch 3 was interrupted and has been rolled forward");
    assertThat(gold.rows(CLICKS)).hasSize(2).anyMatch(row -> row.endsWith(",2]"));
    proved(gold, mart);

    events.come("(5, 'a', '10:02:00', 1), (6, 'a', '10:16:00', 1)");
    gold.run(mart);
    assertThat(gold.rows(CLICKS)).hasSize(3);
    assertThat(gold.rows(TableName.late("clicks"))).hasSize(1);
    proved(gold, mart);

    long version = log.state().version();
    assertThatThrownBy(() -> gold.rebuild(mart))
        .hasMessageStartingWith(
            "the rebuild of gold.clicks was given up, and nothing of it was changed (few: ")
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.QUALITY));
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(log.state().version()).isEqualTo(version);
    proved(gold, mart);

    gold.rebuild(
        mart, new Decision(Map.of("few", "three it is"), Optional.empty()), CommitSeam.DIRECT);
    assertThat(gold.rows(CLICKS)).hasSize(3).anyMatch(row -> row.endsWith(",3]"));
    assertThat(gold.rows(TableName.late("clicks"))).isEmpty();
    proved(gold, mart);
  }

  private static RowRule rule(String name, String predicate) {
    return new RowRule(
        name, Optional.of("events"), predicate, Optional.empty(), OnFailure.QUARANTINE, name);
  }

  @Test
  void whatBecameOfAMartWhileItsBatchWasHalfDoneOrRejectedStopsNeitherRunNorRebuild() {
    EventTable events = new EventTable(folder);
    MartFixture gold = events.gold;
    events.come("(1, 'a', '10:00:00', 1), (2, 'a', '10:06:00', 1), (3, 'a', '10:12:00', 1)");
    Mart plain =
        gold.mart(
            "clicks",
            "SELECT happened_at AS closed_at, count(*) AS events FROM silver.events GROUP BY happened_at",
            Contracts.of("", 1, List.of(), List.of(), "closed_at timestamp", "events bigint"));
    assertThatThrownBy(() -> gold.run(plain, cutOffAfter("GOLD"))).hasMessage("power cut");

    // It got windows meanwhile.
    Mart mart = events.clicks("count(*)");
    assertThat(gold.run(mart).notes())
        .contains("batch 1 was interrupted and has been rolled forward");
    assertThat(gold.rows(CLICKS)).hasSize(2);
    proved(gold, mart);

    // A batch under another query is rejected, and the query corrected.
    Mart held = events.clicks("sum(amount) - 1", rule("some", "events > 0"));
    assertThat(gold.run(held).outcome()).isEqualTo(Outcome.HELD);
    gold.run(held, new Decision(Map.of(), Optional.of("not so")));
    assertThat(gold.run(held).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(gold.run(events.clicks("sum(amount)")).outcome()).isEqualTo(Outcome.SUCCEEDED);
    proved(gold, mart);
    assertThat(gold.run(held).outcome()).isEqualTo(Outcome.HELD);
    gold.run(held, new Decision(Map.of(), Optional.of("not so")));
    gold.rebuild(mart);
    assertThat(gold.rows(CLICKS)).hasSize(2).allMatch(row -> row.endsWith(",1]"));
    proved(gold, mart);

    // The input is another by now.
    gold.append(ORDERS, "SELECT 1 AS id, 'Oslo' AS city");
    Mart sales = gold.sales();
    assertThatThrownBy(() -> gold.run(sales, cutOffAfter("GOLD"))).hasMessage("power cut");
    remove(gold, ORDERS);
    gold.append(ORDERS, "SELECT 1 AS id, 'Rome' AS city");
    gold.rebuild(sales);
    assertThat(gold.rows(SALES)).containsExactly("[Rome,1]");
    proved(gold, sales);

    remove(gold, SALES);
    assertThat(gold.run(sales).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(gold.proof(sales).message().orElseThrow())
        .isEqualTo(
            "it cannot be proved: there is no table any more; assay rebuild gold.sales --apply makes it anew");
    gold.rebuild(sales);
    proved(gold, sales);
  }

  @Test
  void aBatchOfWindowsIsCompletedWithoutEventsThatWereMadeAnewAndAllWindowsAfterIt() {
    EventTable events = new EventTable(folder);
    MartFixture gold = events.gold;
    Mart mart = events.clicks("count(*)");
    events.come("(1, 'a', '10:00:00', 1), (2, 'a', '10:06:00', 1)");
    gold.run(mart);
    long batch = 2;
    for (String step : List.of("LATE", "GOLD")) {
      events.come("(3, 'a', '10:01:00', 1), (4, 'a', '10:31:00', 1)");
      assertThatThrownBy(() -> gold.run(mart, cutOffAfter(step))).hasMessage("power cut");
      remove(gold, EventTable.EVENTS);
      events.come("(1, 'a', '10:00:00', 1), (5, 'a', '10:05:00', 1), (6, 'a', '10:12:00', 1)");
      assertThat(gold.run(mart).notes())
          .contains(
              "batch " + batch + " was interrupted and has been rolled forward",
              "a new epoch starts at the beginning of the input: what batch %d read is gone"
                  .formatted(batch))
          .anyMatch(note -> note.contains("silver.events was created anew"));
      assertThat(gold.rows(CLICKS)).hasSize(2);
      assertThat(gold.rows(TableName.late("clicks"))).isEmpty();
      proved(gold, mart);
      assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.UNCHANGED);
      batch += 2;
    }
  }

  private static void remove(MartFixture gold, TableName table) {
    try {
      FileUtils.deleteDirectory(new File(gold.warehouse.path(table).toUri()));
      DeltaLog.clearCache();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
