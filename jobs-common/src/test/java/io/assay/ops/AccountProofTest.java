package io.assay.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.BatchProtocol;
import io.assay.batch.CommitSeam;
import io.assay.batch.CopyWork;
import io.assay.batch.Decision;
import io.assay.table.TableLog;
import io.assay.table.Warehouse;
import io.assay.testing.TestSpark;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountProofTest {
  private final SparkSession spark = TestSpark.session();

  @Test
  void aRowDeletedByHandIsFoundWithItsBatchAndTheOpsTablesTellOfEveryBatch(@TempDir Path folder) {
    Warehouse warehouse = new Warehouse(new org.apache.hadoop.fs.Path(folder.toUri()));
    for (int batch = 1; batch <= 2; batch++) {
      spark
          .range(batch * 10, batch * 10 + 3)
          .write()
          .format("delta")
          .mode("append")
          .save(warehouse.path(CopyWork.IN).toString());
      run(warehouse, "run" + batch);
      new OpsTables(spark, warehouse).refresh();
    }
    new OpsTables(spark, warehouse).refresh();

    assertThat(
            spark
                .read()
                .format("delta")
                .load(warehouse.path(OpsTables.BATCHES).toString())
                .orderBy("batch")
                .select("batch", "read", "applied", "balanced", "run_id")
                .collectAsList())
        .extracting(Object::toString)
        .containsExactly("[1,3,3,true,run1]", "[2,3,3,true,run2]");
    assertThat(new TableLog(spark, warehouse, OpsTables.BATCHES).state().version()).isEqualTo(1);

    AccountProof proof = new AccountProof(spark, warehouse);
    assertThat(proof.check(CopyWork.OUT)).isEmpty();

    DeltaTable.forPath(spark, warehouse.path(CopyWork.OUT).toString()).delete("id = 21");

    assertThat(proof.check(CopyWork.OUT))
        .containsExactly(
            new Discrepancy(
                CopyWork.OUT, 2, "the account of batch 2 says 3 rows, the table holds 2 of them"));
  }

  @Test
  void runsThatEndAtTheSameTimeTellOfEveryBatchOnce(@TempDir Path folder) throws Exception {
    Warehouse warehouse = new Warehouse(new org.apache.hadoop.fs.Path(folder.toUri()));
    ExecutorService ends = Executors.newFixedThreadPool(4);
    try {
      for (int batch = 1; batch <= 3; batch++) {
        spark
            .range(3)
            .write()
            .format("delta")
            .mode("append")
            .save(warehouse.path(CopyWork.IN).toString());
        run(warehouse, "run" + batch);
        List<Callable<Void>> refreshes =
            Collections.nCopies(
                4,
                () -> {
                  new OpsTables(spark, warehouse).refresh();
                  return null;
                });
        for (Future<Void> refresh : ends.invokeAll(refreshes)) {
          refresh.get();
        }
      }
    } finally {
      ends.shutdown();
    }
    assertThat(new TableLog(spark, warehouse, OpsTables.BATCHES).rows()).isEqualTo(3);
  }

  @Test
  void aBatchThatIsWrittenMeanwhileIsNoDifference(@TempDir Path folder) throws Exception {
    Warehouse warehouse = new Warehouse(new org.apache.hadoop.fs.Path(folder.toUri()));
    spark.range(3).write().format("delta").save(warehouse.path(CopyWork.IN).toString());
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CommitSeam halting =
        (point, commit) -> {
          if (point.step().equals("DONE")) {
            written.countDown();
            await(goOn);
          }
          commit.run();
        };
    ExecutorService others = Executors.newFixedThreadPool(2);
    try {
      Future<?> run = others.submit(() -> run(warehouse, "run", halting));
      await(written);
      Future<List<Discrepancy>> proof =
          others.submit(() -> new AccountProof(spark, warehouse).check(CopyWork.OUT));
      assertThatThrownBy(() -> proof.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
      goOn.countDown();
      run.get();
      assertThat(proof.get()).isEmpty();
    } finally {
      goOn.countDown();
      others.shutdown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(Warehouse warehouse, String runId) {
    run(warehouse, runId, CommitSeam.DIRECT);
  }

  private void run(Warehouse warehouse, String runId, CommitSeam seam) {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    new BatchProtocol(spark, warehouse, "test", clock, runId, seam, Decision.NONE)
        .run(new CopyWork(spark, warehouse, 100));
  }
}
