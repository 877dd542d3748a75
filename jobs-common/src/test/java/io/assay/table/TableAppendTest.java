package io.assay.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.testing.TestSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.ConcurrentTransactionException;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

class TableAppendTest {
  private static final TableName TABLE = TableName.silver("numbers");
  private static final TableDescription DESCRIPTION =
      new TableDescription(
          Optional.of("Numbers."), List.of(), Map.of("delta.logRetentionDuration", "30 days"));

  @TempDir Path folder;
  private final SparkSession spark = TestSpark.session();
  private Warehouse warehouse;

  @BeforeEach
  void aWarehouse() {
    warehouse = new Warehouse(new org.apache.hadoop.fs.Path(folder.resolve("a b").toUri()));
  }

  @Test
  void aBatchIsAppendedOnceAndColumnsAreGained() {
    append(numbers(3), 1);
    append(numbers(5), 1);
    append(numbers(2).selectExpr("id", "'two' name"), 2);
    append(numbers(0), 3);
    assertThat(read().count()).isEqualTo(5);
    assertThat(read().where("name is null").count()).isEqualTo(3);
    assertThat(log().state().version()).isEqualTo(2);
    assertThat(log().lastBatch("a")).hasValue(3);
    assertThat(log().description().comment()).contains("Numbers.");
    assertThat(log().description().properties()).containsKey("delta.logRetentionDuration");
    assertThat(log().note(1).path("batch").asLong()).isEqualTo(2);
  }

  /** Other programs write tables too, and may leave out the checksum or what it says of batches. */
  @Test
  void aCommittedBatchIsKnownWithoutChecksums() throws Exception {
    append(numbers(3), 1);
    append(numbers(4), 2);
    try (Stream<Path> files = Files.list(folder.resolve("a b/silver/numbers/_delta_log"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".crc")).toList()) {
        Files.delete(file);
      }
    }
    DeltaLog.clearCache();
    assertThat(log().lastBatch("a")).hasValue(2);
    assertThat(log().lastBatch("b")).isEmpty();
    append(numbers(4), 2);
    append(numbers(1), 3);
    assertThat(read().count()).isEqualTo(8);
  }

  @Test
  void ofTwoProcessesThatCommitTheSameBatchOneFails() {
    append(numbers(3), 1);
    DeltaLog delta = DeltaLog.forTable(spark, warehouse.path(TABLE));
    OptimisticTransaction slow = delta.startTransaction(Option.empty(), Option.empty());
    CommitTag tag = tag(2);
    assertThat(CommittedBatches.hold(slow, tag)).isFalse();
    append(numbers(4), 2);

    DeltaWrite write = new DeltaWrite(delta, SaveMode.Append, Map.of());
    assertThatThrownBy(() -> write.commit(slow, numbers(4), DESCRIPTION, tag))
        .isInstanceOf(ConcurrentTransactionException.class);
    assertThat(read().count()).isEqualTo(7);
  }

  private void append(Dataset<Row> rows, long batch) {
    new TableAppend(warehouse, TABLE).commit(rows, DESCRIPTION, tag(batch));
  }

  private static CommitTag tag(long batch) {
    return new CommitTag("a", batch, "{\"batch\":" + batch + "}");
  }

  private Dataset<Row> numbers(long count) {
    return spark.range(count).toDF();
  }

  private Dataset<Row> read() {
    return spark.read().format("delta").load(warehouse.path(TABLE).toString());
  }

  private TableLog log() {
    return new TableLog(spark, warehouse, TABLE);
  }
}
