package io.assay.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchProtocolTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private final SparkSession spark = TestSpark.session();
  private Warehouse warehouse;

  @BeforeEach
  void emptyWarehouse() {
    warehouse = new Warehouse(new org.apache.hadoop.fs.Path(folder.toUri()));
  }

  @Test
  void aBacklogIsWorkedOffInBoundedBatchesAndRunningAgainCommitsNothing() {
    land(1, 2, 3);
    land(4, 5, 6);
    land(7);

    BatchResult first = run(work(100));

    assertThat(first.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(first.account()).isEqualTo(Account.appended(7));
    assertThat(ledger().newestBatch()).isEqualTo(2);
    long version = version(CopyWork.OUT);
    BatchResult second = run(work(100));
    assertThat(second.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(version(CopyWork.OUT)).isEqualTo(version);
    assertThat(ledger().newestBatch()).isEqualTo(2);
    assertThat(numbers(CopyWork.OUT)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void aCrashAtAnyCommitIsRecoveredToTheSameTables() {
    Set<String> points = new LinkedHashSet<>();
    land(1, 2, 300);
    run(
        work(100),
        (point, commit) -> {
          points.add(point.step());
          commit.run();
        });
    assertThat(points).containsExactly("INTENT", "QUARANTINE", "SILVER", "DONE");
    long landed = 10;
    List<Long> good = new ArrayList<>(List.of(1L, 2L));
    List<Long> bad = new ArrayList<>(List.of(300L));
    for (String point : points) {
      for (boolean before : new boolean[] {true, false}) {
        land(landed, landed + 1, landed + 1000);
        good.addAll(List.of(landed, landed + 1));
        bad.add(landed + 1000);
        landed += 2;
        assertThatThrownBy(() -> run(work(100), crash(point, before))).hasMessage("power cut");
        run(work(100));
        assertThat(numbers(CopyWork.OUT)).as("%s before=%s", point, before).isEqualTo(good);
        assertThat(numbers(CopyWork.BAD)).containsExactlyInAnyOrderElementsOf(bad);
      }
    }
    assertThat(ledger().doneAfter(0).map(FinishedBatch::end).map(BatchEnd::account))
        .allMatch(Account::balanced)
        .extracting(Account::read)
        .containsOnly(3L);
  }

  @Test
  void whatACrashLeftInStagingIsRemovedWhenTheNextBatchStarts() throws java.io.IOException {
    Path left = folder.resolve("_assay/staging/silver.numbers/7/rows/part-0.parquet");
    java.nio.file.Files.createDirectories(left.getParent());
    java.nio.file.Files.writeString(left, "half of it");
    run(work(100));
    assertThat(left).exists();

    land(1);
    run(work(100));
    assertThat(left.resolve("../../..").normalize()).doesNotExist();
  }

  @Test
  void aBatchRolledForwardKeepsTheConfigurationOfItsIntent() {
    land(1, 50);
    assertThatThrownBy(() -> run(work(10), crash("QUARANTINE", false))).hasMessage("power cut");

    BatchResult recovered = run(work(1000));

    assertThat(numbers(CopyWork.OUT)).containsExactly(1L);
    assertThat(numbers(CopyWork.BAD)).containsExactly(50L);
    assertThat(recovered.notes()).anyMatch(note -> note.contains("rolled forward"));
  }

  @Test
  void aBatchRolledForwardIsNotDoubledByARenamedProject() {
    land(1, 200);
    assertThatThrownBy(() -> run(work(100), crash("SILVER", false))).hasMessage("power cut");

    new BatchProtocol(spark, warehouse, "renamed", CLOCK, "run", CommitSeam.DIRECT, Decision.NONE)
        .run(work(100));

    assertThat(numbers(CopyWork.OUT)).containsExactly(1L);
    assertThat(numbers(CopyWork.BAD)).containsExactly(200L);
  }

  @Test
  void aHeldBatchPublishesNothingStaysFirstInLineAndIsNotJudgedAgainWithoutAChange() {
    land(1, 200, 300, 400);
    CopyWork strict = work(100);

    BatchResult held = run(strict);

    assertThat(held.outcome()).isEqualTo(Outcome.HELD);
    assertThat(held.exitCode()).isEqualTo(ExitCode.QUALITY);
    assertThat(held.notes()).contains("gate: 3 bad numbers");
    assertThat(version(CopyWork.OUT)).isEqualTo(-1);
    assertThat(version(CopyWork.BAD)).isEqualTo(-1);
    land(2);
    assertThat(run(strict).outcome()).isEqualTo(Outcome.HELD);
    assertThat(strict.staged).isEqualTo(1);

    BatchResult relaxed = run(work(1000));

    assertThat(relaxed.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ledger().intent(2).orElseThrow().input())
        .isEqualTo(ledger().intent(1).orElseThrow().input());
    assertThat(numbers(CopyWork.OUT)).containsExactly(1L, 2L, 200L, 300L, 400L);
  }

  @Test
  void aHeldBatchStaysPinnedEvenWhenItsSecondJudgementIsInterrupted() {
    land(1, 200, 300, 400);
    run(work(100));
    land(2);
    assertThatThrownBy(() -> run(work(1000), crash("INTENT", false))).hasMessage("power cut");
    run(work(1000));
    assertThat(ledger().intent(3).orElseThrow().input())
        .isEqualTo(ledger().intent(1).orElseThrow().input());
  }

  @Test
  void aHeldBatchGoesOnWhenItsRuleIsAcceptedOrItIsRejected() {
    land(1, 200, 300, 400);
    run(work(100));
    BatchResult accepted =
        run(
            work(100),
            CommitSeam.DIRECT,
            new Decision(Map.of("gate", "checked"), Optional.empty()));
    assertThat(accepted.account()).isEqualTo(new Account(4, 0, 0, 1, 0, 0, 0, 3, 0));
    land(5, 500, 600, 700);
    run(work(100));
    BatchResult rejected =
        run(work(100), CommitSeam.DIRECT, new Decision(Map.of(), Optional.of("wrong file")));
    assertThat(rejected.account().quarantined()).isEqualTo(4);
    assertThat(numbers(CopyWork.OUT)).containsExactly(1L);
    assertThat(ledger().intent(4).orElseThrow().decision().rejection()).contains("wrong file");
  }

  @Test
  void aDecisionWithoutAHeldBatchIsAUsageError() {
    land(1);
    Decision reject = new Decision(Map.of(), Optional.of("typo"));
    assertThatThrownBy(() -> run(work(100), CommitSeam.DIRECT, reject))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void oneWriterPerTableAndALeaseOfADeadProcessIsPassedOver() {
    BatchLedger ledger = ledger();
    try (Lease lease = Lease.acquire(ledger, CopyWork.OUT, "first", CLOCK)) {
      assertThat(lease).isNotNull();
      assertThatThrownBy(() -> run(work(1)))
          .isInstanceOfSatisfying(
              AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE));
    }
    String dead =
        """
        {"runId":"r","place":"%s","pid":999999999,"processStart":"2020-01-01T00:00:00Z","since":"2020-01-01T00:00:00Z"}
        """;
    var file = new org.apache.hadoop.fs.Path(ledger.root(), "leases/0000000001.json");
    byte[] text = dead.formatted(LeaseHolder.thisPlace()).getBytes(UTF_8);
    ledger.store().create(file, text);
    land(1);
    assertThat(run(work(1)).outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aRunWhoseLeaseIsRemovedCommitsNothingMoreAndTheNextOneGoesOn() {
    BatchLedger ledger = ledger();
    var leases = new org.apache.hadoop.fs.Path(ledger.root(), "leases");
    CommitSeam removing =
        (point, commit) -> {
          if (point.step().equals("DONE")) {
            ledger.store().statuses(leases).forEach(file -> ledger.store().delete(file.getPath()));
          }
          commit.run();
        };
    land(1);
    assertThatThrownBy(() -> run(work(1), removing, Decision.NONE))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
        .hasMessageContaining("its lease");
    assertThat(ledger.end(1)).isEmpty();
    run(work(1));
    assertThat(ledger.end(1)).isPresent();
  }

  private static CommitSeam crash(String step, boolean before) {
    return (point, commit) -> {
      if (before && point.step().equals(step)) {
        throw new IllegalStateException("power cut");
      }
      commit.run();
      if (!before && point.step().equals(step)) {
        throw new IllegalStateException("power cut");
      }
    };
  }

  private CopyWork work(long limit) {
    return new CopyWork(spark, warehouse, limit);
  }

  private BatchResult run(BatchWork work) {
    return run(work, CommitSeam.DIRECT, Decision.NONE);
  }

  private BatchResult run(BatchWork work, CommitSeam seam) {
    return run(work, seam, Decision.NONE);
  }

  private BatchResult run(BatchWork work, CommitSeam seam, Decision decision) {
    return new BatchProtocol(spark, warehouse, "test", CLOCK, "run", seam, decision).run(work);
  }

  private BatchLedger ledger() {
    return new BatchLedger(warehouse, CopyWork.OUT, spark.sessionState().newHadoopConf());
  }

  private void land(long... numbers) {
    List<Long> rows = java.util.Arrays.stream(numbers).boxed().toList();
    spark
        .createDataset(rows, Encoders.LONG())
        .toDF("id")
        .coalesce(1)
        .write()
        .format("delta")
        .mode("append")
        .save(warehouse.path(CopyWork.IN).toString());
  }

  private long version(TableName table) {
    return new TableLog(spark, warehouse, table).state().version();
  }

  private List<Long> numbers(TableName table) {
    return spark
        .read()
        .format("delta")
        .load(warehouse.path(table).toString())
        .orderBy("id")
        .select("id")
        .as(Encoders.LONG())
        .collectAsList();
  }
}
