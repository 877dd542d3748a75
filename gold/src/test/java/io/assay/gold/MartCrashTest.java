package io.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Mart;
import io.assay.ops.AccountProof;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A batch from changes is cut off before and after each of its commits, and the run is repeated:
 * the mart must be what its query gives, by one commit more than before.
 */
@Tag("all")
class MartCrashTest {
  private static final TableName ORDERS = TableName.silver("orders");
  private static final TableName MART = TableName.gold("sales");

  @TempDir Path folder;
  private MartFixture gold;
  private Mart mart;
  private int order = 2;

  @BeforeEach
  void twoCities() {
    gold = new MartFixture(folder);
    gold.append(ORDERS, "SELECT 1 AS id, 'Rome' AS city UNION ALL SELECT 2, 'Oslo'");
    mart = gold.sales();
    gold.run(mart);
  }

  /** Orders of a city that has some, and of one that has none. */
  private void more() {
    order++;
    gold.append(
        ORDERS,
        "SELECT %d AS id, 'Rome' AS city UNION ALL SELECT %<d, 'city %<d'".formatted(order));
  }

  private DeltaTable orders() {
    return DeltaTable.forPath(gold.spark, gold.warehouse.path(ORDERS).toString());
  }

  private long version() {
    return new TableLog(gold.spark, gold.warehouse, MART).state().version();
  }

  private void proved() {
    assertThat(new AccountProof(gold.spark, gold.warehouse).check(MART)).isEmpty();
    assertThat(gold.proof(mart).message()).isEmpty();
    assertThat(gold.rows(MART))
        .isEqualTo(
            gold
                .spark
                .read()
                .format("delta")
                .load(gold.warehouse.path(ORDERS).toString())
                .groupBy("city")
                .count()
                .collectAsList()
                .stream()
                .map(Object::toString)
                .sorted()
                .toList());
  }

  /** The steps of a batch, in order, as one that is not disturbed passes them. */
  private List<String> steps() {
    List<String> steps = new ArrayList<>();
    more();
    gold.run(
        mart,
        Decision.NONE,
        (point, commit) -> {
          steps.add(point.step());
          commit.run();
        });
    proved();
    return steps;
  }

  private void cutOff(String step, boolean before) {
    CommitSeam powerCut =
        (point, commit) -> {
          if (!point.step().equals(step)) {
            commit.run();
            return;
          }
          if (!before) {
            commit.run();
          }
          throw new IllegalStateException("power cut");
        };
    assertThatThrownBy(() -> gold.run(mart, Decision.NONE, powerCut)).hasMessage("power cut");
  }

  /** What comes between a cut and the repeated run. */
  private enum Between {
    NOTHING,
    INPUT
  }

  @Test
  void aBatchThatIsCutOffAnywhereIsDoneOnceAndWhatCameMeanwhileToo() {
    List<String> steps = steps();
    assertThat(steps).containsExactly("INTENT", "GOLD", "METRICS", "DONE");
    // After one step is before the next.
    cutOffAndRepeated("INTENT", true, Between.NOTHING);
    for (String step : steps) {
      cutOffAndRepeated(step, false, Between.NOTHING);
    }
    cutOffAndRepeated("GOLD", true, Between.INPUT);
    cutOffAndRepeated("GOLD", false, Between.INPUT);
    cutOffAndRepeated("DONE", false, Between.INPUT);
  }

  private void cutOffAndRepeated(String step, boolean before, Between between) {
    String place = step + (before ? ", before, " : ", after, ") + between;
    more();
    long version = version();
    cutOff(step, before);
    boolean committed = version() > version;
    assertThat(committed)
        .as(place)
        .isEqualTo(!step.equals("INTENT") && !(step.equals("GOLD") && before));
    boolean ended = step.equals("DONE") && !before;
    int commits = 1;
    if (between == Between.INPUT) {
      more();
      // What is in the mart already is not done again, so that what came makes a commit of its own.
      commits = committed ? 2 : 1;
    }
    BatchResult repeated = gold.run(mart);
    assertThat(version() - version).as(place).isEqualTo(commits);
    boolean rolledForward = committed && !ended;
    assertThat(repeated.notes().stream().anyMatch(note -> note.contains("rolled forward")))
        .as(place)
        .isEqualTo(rolledForward);
    assertThat(repeated.notes().stream().filter(note -> note.startsWith("incremental: ")))
        .as("%s: %s", place, repeated.notes())
        .hasSize((rolledForward || !committed ? 1 : 0) + commits - 1);
    proved();
    assertThat(gold.run(mart).outcome()).as(place).isEqualTo(Outcome.UNCHANGED);
    assertThat(version() - version).as(place).isEqualTo(commits);
  }

  @Test
  void whereAnInputWasRestoredMeanwhileTheBatchIsDoneInFullAndSaid() {
    more();
    cutOff("GOLD", true);
    orders().restoreToVersion(0);
    assertThat(gold.run(mart).notes())
        .containsExactly("computed in full: silver.orders was restored");
    proved();

    more();
    gold.run(mart);
    more();
    cutOff("GOLD", false);
    orders().restoreToVersion(0);
    assertThat(gold.run(mart).notes())
        .containsExactly(
            "batch 5 was interrupted and has been rolled forward",
            "incremental: 2 keys of 3 (changed rows: 2 of silver.orders)",
            "computed in full: silver.orders was restored");
    proved();
  }

  @Test
  void whereAnInputWasVacuumedMeanwhileTheBatchIsDoneInFullAndSaid() throws IOException {
    more();
    cutOff("GOLD", true);
    orders().updateExpr("id = 1", Map.of("city", "'Bern'"));
    vacuum();
    assertThat(gold.run(mart).notes())
        .containsExactly(
            "computed in full: silver.orders was vacuumed past its version 0, which was used last");
    proved();

    more();
    cutOff("GOLD", false);
    orders().updateExpr("id < 3", Map.of("city", "'Lyon'"));
    orders().updateExpr("id < 9", Map.of("city", "concat(city, '!')"));
    vacuum();
    assertThat(gold.run(mart).notes())
        .containsExactly(
            "batch 4 was interrupted and has been rolled forward",
            "its inputs' versions are gone since it was committed: the account is that of its commit, and its rules are not measured again",
            "computed in full: silver.orders was vacuumed past its version 3, which was used last");
    proved();
    assertThat(
            new BatchLedger(gold.warehouse, MART, gold.spark.sessionState().newHadoopConf())
                .end(4)
                .orElseThrow()
                .account())
        .isEqualTo(Account.appended(2));
  }

  /** Removes the files that the newest version of the orders does not need. */
  private void vacuum() throws IOException {
    List<String> left =
        List.of(
            gold.spark
                .read()
                .format("delta")
                .load(gold.warehouse.path(ORDERS).toString())
                .inputFiles());
    try (Stream<Path> files = Files.list(folder.resolve("silver/orders"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".parquet")).toList()) {
        if (left.stream().noneMatch(kept -> kept.endsWith(file.getFileName().toString()))) {
          Files.delete(file);
        }
      }
    }
  }
}
