package io.assay.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.error.ExitCode;
import io.assay.table.TableLog;
import io.assay.table.Warehouse;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaceTest {
  private static final SparkSession SPARK = TestSpark.session();

  @TempDir private Path folder;
  private Warehouse warehouse;

  @BeforeEach
  void land() {
    warehouse = new Warehouse(new org.apache.hadoop.fs.Path(folder.toUri()));
    // Each of these versions is a batch of its own.
    for (int from : new int[] {0, 4, 8}) {
      SPARK
          .range(from, from + 4, 1, 1)
          .write()
          .format("delta")
          .mode("append")
          .save(warehouse.path(CopyWork.IN).toString());
    }
  }

  private BatchResult run(Pace pace) {
    return run(pace, new CopyWork(SPARK, warehouse, 100));
  }

  private BatchResult run(Pace pace, CopyWork work) {
    return new BatchProtocol(
            SPARK,
            warehouse,
            "test",
            Clock.systemUTC(),
            "run",
            CommitSeam.DIRECT,
            Decision.NONE,
            pace)
        .run(work);
  }

  private long rows() {
    return new TableLog(SPARK, warehouse, CopyWork.OUT).rows();
  }

  @Test
  void aStopIsHeededBetweenTwoBatchesAndNotAskedForWhenNothingIsLeft() {
    AtomicInteger asked = new AtomicInteger();
    Pace second = new Pace(() -> asked.incrementAndGet() == 2, Duration.ZERO);

    assertThat(run(second).account().applied()).isEqualTo(8);
    assertThat(rows()).isEqualTo(8);
    assertThat(run(second).account().applied()).isEqualTo(4);
    assertThat(rows()).isEqualTo(12);
    assertThat(run(second).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aTableThatAnotherRunWritesIsWaitedForAsLongAsPatienceLasts() throws Exception {
    BatchLedger ledger =
        new BatchLedger(warehouse, CopyWork.OUT, SPARK.sessionState().newHadoopConf());
    CompletableFuture<BatchResult> waiting;
    try (Lease other = Lease.acquire(ledger, CopyWork.OUT, "other", Clock.systemUTC())) {
      assertThatThrownBy(() -> run(Pace.STEADY))
          .isInstanceOfSatisfying(
              LeaseHeldException.class,
              held -> assertThat(held.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
          .hasMessageContaining("is being written by another run");
      Pace patient = Pace.STEADY.waitingForLeases(Duration.ofSeconds(30));
      waiting = CompletableFuture.supplyAsync(() -> run(patient));
      Thread.sleep(600);
      assertThat(waiting).isNotDone();
    }
    assertThat(waiting.get().account().applied()).isEqualTo(12);
  }

  @Test
  void aRunThatIsTakenForDeadWhileItWritesTheRowsOfACommitDoesNotCommitThem() {
    BatchLedger ledger =
        new BatchLedger(warehouse, CopyWork.OUT, SPARK.sessionState().newHadoopConf());
    var leases = new org.apache.hadoop.fs.Path(ledger.root(), "leases");
    CopyWork slow = new CopyWork(SPARK, warehouse, 100);
    slow.meanwhile =
        () ->
            ledger.store().statuses(leases).forEach(file -> ledger.store().delete(file.getPath()));
    assertThatThrownBy(() -> run(Pace.STEADY, slow)).hasMessageContaining("its lease");
    assertThat(folder.resolve("silver/numbers")).isNotEmptyDirectory();
    assertThat(new TableLog(SPARK, warehouse, CopyWork.OUT).state().exists()).isFalse();
    assertThat(run(Pace.STEADY).account().applied()).isEqualTo(12);
    assertThat(rows()).isEqualTo(12);
  }
}
