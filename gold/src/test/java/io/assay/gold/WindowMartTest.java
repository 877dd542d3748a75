package io.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.Account;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Mart;
import io.assay.contract.Contract;
import io.assay.contract.OnFailure;
import io.assay.contract.RowRule;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.ops.AccountProof;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowMartTest {
  private static final TableName MART = TableName.gold("clicks");
  private static final TableName LATE = TableName.late("clicks");
  private static final TableName TIERS = TableName.silver("tiers");
  private static final String SQL =
      "SELECT window.start AS opened_at, window.end AS closed_at, visitor, sum(amount) AS amount"
          + " FROM silver.events GROUP BY window(happened_at, '5 minutes'), visitor";

  @TempDir Path folder;
  private EventTable events;
  private MartFixture gold;
  private Mart mart;

  @BeforeEach
  void someEvents() {
    events = new EventTable(folder);
    gold = events.gold;
    mart = mart(SQL);
    events.come("(1, 'a', '10:00:00', 1), (2, 'a', '10:04:59', 2), (3, 'b', '10:21:00', 4)");
  }

  private Mart mart(String sql) {
    return mart("clicks", sql, contract(List.of()));
  }

  private Mart mart(String name, String sql, Contract contract) {
    return events.mart(name, sql, contract, Duration.ofMinutes(10));
  }

  private static Contract contract(List<RowRule> rules) {
    return Contracts.of(
        "Clicks.",
        3,
        rules,
        List.of(),
        "opened_at timestamp",
        "closed_at timestamp",
        "visitor string",
        "amount bigint");
  }

  private List<String> rows() {
    return gold.rows(MART).stream()
        .map(row -> row.replace("2026-01-01 ", "").replace(":00.0", ""))
        .toList();
  }

  private void proved() {
    assertThat(events.gold.proof(mart).message()).isEmpty();
    assertThat(new AccountProof(gold.spark, gold.warehouse).check(MART)).isEmpty();
  }

  @Test
  void windowsAreAddedWhenTheyAreClosedAndLateEventsAreKept() {
    BatchResult first = gold.run(mart);
    assertThat(first.account()).isEqualTo(Account.appended(1));
    assertThat(rows()).hasSize(1).allMatch(row -> row.contains("a,3"));
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.UNCHANGED);

    // 10:11 is behind the newest event less ten minutes, and its window is open all the same.
    events.come(
        "(4, 'b', '10:11:00', 8), (5, 'a', '10:09:59', 16), (6, 'c', CAST(NULL AS STRING), 32)");
    BatchResult late = gold.run(mart);
    assertThat(late.account()).isEqualTo(Account.appended(0));
    assertThat(late.notes())
        .containsExactly(
            "1 late event before 2026-01-01T10:10:00Z, up to when windows had been closed: kept in gold.clicks_late",
            "1 event without happened_at: kept in gold.clicks_late");
    assertThat(gold.rows(LATE)).hasSize(2);
    assertThat(gold.rows(LATE).get(0)).startsWith("[5,a,").contains(",16,");
    BatchLedger ledger =
        new BatchLedger(gold.warehouse, MART, gold.spark.sessionState().newHadoopConf());
    assertThat(ledger.metrics(2))
        .filteredOn(metric -> metric.rule().equals("late_events"))
        .singleElement()
        .matches(metric -> metric.value().equals(Optional.of(2.0)));

    events.come("(7, 'a', '10:31:00', 64)");
    gold.run(mart);
    assertThat(gold.rows(LATE)).hasSize(2);
    assertThat(rows())
        .hasSize(2)
        .anyMatch(row -> row.contains("b,8"))
        .noneMatch(row -> row.contains(",16"));
    TableLog log = new TableLog(gold.spark, gold.warehouse, MART);
    JsonNode noted = log.note(log.state().version());
    assertThat(noted.at("/inputs/silver.events/version").asLong()).isEqualTo(2);
    assertThat(noted.path("watermark").asText()).isEqualTo("2026-01-01T10:20:00Z");
    proved();
  }

  @Test
  void whatIsLookedUpIsThatOfTheTimeWhenAWindowWasClosed() {
    tiers("('a', 'gold'), ('b', 'basic')");
    mart =
        mart(
            "SELECT window.start AS opened_at, window.end AS closed_at, coalesce(t.tier, 'unknown') AS visitor,"
                + " sum(amount) AS amount FROM silver.events e LEFT JOIN silver.tiers t ON t.visitor = e.visitor"
                + " GROUP BY window(happened_at, '5 minutes'), coalesce(t.tier, 'unknown')");
    gold.run(mart);
    tiers("('a', 'lost'), ('b', 'lost')");
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.UNCHANGED);
    events.come("(4, 'x', '10:40:00', 8)");
    gold.run(mart);
    assertThat(rows())
        .hasSize(2)
        .anyMatch(row -> row.contains("gold,3"))
        .anyMatch(row -> row.contains("lost,4"));
    proved();

    DeltaTable.forPath(gold.spark, gold.warehouse.path(MART).toString()).delete("visitor = 'gold'");
    assertThat(events.gold.proof(mart).message().orElseThrow()).contains("1 rows are missing");
    assertThat(gold.run(mart).notes())
        .containsExactly(
            "a new epoch starts at the beginning of the input: somebody else has changed gold.clicks");
    assertThat(rows()).hasSize(2).allMatch(row -> row.contains("lost"));
    proved();
  }

  private void tiers(String values) {
    events.write(
        TIERS,
        gold.spark.sql("SELECT * FROM VALUES " + values + " AS t(visitor, tier)"),
        SaveMode.Overwrite);
  }

  @Test
  void otherEventsOrAnotherQueryMakeAllOfItAnew() {
    gold.run(mart);
    events.come("(4, 'a', '10:01:00', 100)");
    gold.run(mart);
    assertThat(gold.rows(LATE)).hasSize(1);

    mart = mart(SQL.replace("sum(amount)", "sum(amount) * 10"));
    BatchResult other = gold.run(mart);
    assertThat(other.notes())
        .containsExactly(
            "a new epoch starts at the beginning of the input: its query, its contract or its windows are others than before");
    assertThat(rows()).hasSize(1).allMatch(row -> row.contains("a,1030"));
    assertThat(gold.rows(LATE)).isEmpty();
    proved();

    events.write(
        EventTable.EVENTS,
        gold.spark
            .table("delta.`" + gold.warehouse.path(EventTable.EVENTS) + "`")
            .where("id <> 4")
            .drop("_batch"),
        SaveMode.Overwrite);
    assertThat(gold.run(mart).notes()).singleElement().asString().contains("silver.events");
    assertThat(rows()).hasSize(1).allMatch(row -> row.contains("a,30"));
    proved();
  }

  @Test
  void aHeldBatchLeavesItsWindowsOpen() {
    RowRule small =
        new RowRule(
            "small",
            Optional.of("amount"),
            "amount < 50",
            Optional.empty(),
            OnFailure.QUARANTINE,
            "");
    mart = mart("clicks", SQL, contract(List.of(small)));
    gold.run(mart);
    events.come("(4, 'b', '10:22:00', 60), (5, 'b', '10:50:00', 1)");
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.HELD);
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.HELD);
    assertThat(rows()).hasSize(1);
    Decision rejected = new Decision(Map.of(), Optional.of("too much"));
    assertThat(gold.run(mart, rejected).notes())
        .contains("not published, its windows stay open: too much");
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.UNCHANGED);

    events.come("(6, 'a', '10:23:00', 7)");
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.HELD);
    gold.run(mart, new Decision(Map.of("small", "it is so"), Optional.empty()));
    assertThat(rows())
        .hasSize(3)
        .anyMatch(row -> row.contains("b,64"))
        .anyMatch(row -> row.contains("a,7"));
    proved();
  }

  @Test
  void aQueryOverSeveralWindowsIsRefusedBeforeAnythingIsWritten() {
    mart =
        mart(
            "SELECT min(happened_at) AS opened_at, max(happened_at) AS closed_at, visitor, sum(amount) AS amount FROM silver.events GROUP BY visitor");
    assertThatThrownBy(() -> gold.run(mart))
        .isInstanceOf(AssayException.class)
        .hasMessageStartingWith(
            "gold.clicks cannot be made of windows: it groups events of several windows")
        .matches(e -> ((AssayException) e).exitCode() == ExitCode.CONFIGURATION);
    assertThat(new TableLog(gold.spark, gold.warehouse, MART).state().exists()).isFalse();
  }

  /** Each batch closes a window and brings a late event; each is halted somewhere else. */
  @Test
  void whateverCommitItHaltsAtTheWindowsAreThereOnce() {
    Mart steady = mart("steady", SQL, contract(List.of()));
    TreeSet<String> steps = new TreeSet<>();
    gold.run(steady);
    gold.run(mart);
    List<String> places = List.of("INTENT", "LATE", "GOLD", "STATES", "METRICS", "DONE");
    for (int place = 0; place <= places.size(); place++) {
      events.come(
          "(%d, 'a', '%s:00', 1), (%d, 'late', '10:00:30', 1)"
              .formatted(
                  2 * place + 10, LocalTime.of(11, 0).plusMinutes(20L * place), 2 * place + 11));
      gold.run(
          steady,
          (point, commit) -> {
            steps.add(point.step());
            commit.run();
          });
      // After one commit is before the next.
      CommitSeam halt =
          place == 0 ? halting(places.get(0), true) : halting(places.get(place - 1), false);
      assertThatThrownBy(() -> gold.run(mart, halt)).isInstanceOf(Halt.class);
      gold.run(mart);
    }
    assertThat(steps).containsExactlyInAnyOrderElementsOf(places);
    assertThat(gold.rows(MART)).hasSize(8).isEqualTo(gold.rows(TableName.gold("steady")));
    assertThat(gold.rows(LATE)).hasSize(7).isEqualTo(gold.rows(TableName.late("steady")));
    proved();
  }

  private static CommitSeam halting(String step, boolean before) {
    return (point, commit) -> {
      boolean here = point.step().equals(step);
      if (here && before) {
        throw new Halt();
      }
      commit.run();
      if (here) {
        throw new Halt();
      }
    };
  }

  private static final class Halt extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
