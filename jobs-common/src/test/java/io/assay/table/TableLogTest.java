package io.assay.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.testing.TestSpark;
import io.delta.tables.DeltaTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableLogTest {
  private static final TableName TABLE = TableName.bronze("numbers");

  @TempDir Path folder;
  private final SparkSession spark = TestSpark.session();

  /** Delta removes log entries that are older than a month. */
  @Test
  void rowsOfABatchAreToldEvenWhenTheLogsBeginningIsGone() throws Exception {
    Warehouse warehouse = new Warehouse(new org.apache.hadoop.fs.Path(folder.toUri()));
    append(warehouse, 1);
    append(warehouse, 2);
    DeltaLog.forTable(spark, warehouse.path(TABLE)).checkpoint();
    Files.delete(folder.resolve("bronze/numbers/_delta_log/00000000000000000000.json"));
    TableLog log = new TableLog(spark, warehouse, TABLE);

    assertThat(log.addedBy("a", 2)).hasValue(2);
    assertThat(log.addedBy("a", 3)).isEmpty();
    assertThat(log.addedBy("b", 1)).isEmpty();
  }

  private void append(Warehouse warehouse, long batch) {
    Map<String, String> tag = new CommitTag("a", batch, "{}").writerOptions();
    String path = warehouse.path(TABLE).toString();
    spark.range(batch).write().format("delta").mode("append").options(tag).save(path);
  }

  @Test
  void changesOfOthersAreToldFromThoseOfABatch() {
    Warehouse warehouse = new Warehouse(new org.apache.hadoop.fs.Path(folder.toUri()));
    TableLog log = new TableLog(spark, warehouse, TABLE);
    append(warehouse, 1);
    TableState first = log.state();
    append(warehouse, 2);
    TableState second = log.state();
    DeltaTable delta = DeltaTable.forPath(spark, warehouse.path(TABLE).toString());
    delta.optimize().executeCompaction();
    TableState compacted = log.state();
    delta.delete("id = 1");
    TableState deleted = log.state();
    assertThat(compacted.version()).isGreaterThan(second.version());

    Optional<BatchCommit> one = Optional.of(new BatchCommit("a", 1));
    Optional<BatchCommit> two = Optional.of(new BatchCommit("a", 2));
    assertThat(log.changedOnlyBy(one, TableState.ABSENT, first)).isTrue();
    assertThat(log.changedOnlyBy(two, first, second)).isTrue();
    assertThat(log.changedOnlyBy(two, first, compacted)).isTrue();
    assertThat(log.changedOnlyBy(Optional.empty(), second, compacted)).isTrue();
    assertThat(log.changedOnlyBy(Optional.empty(), first, first)).isTrue();
    assertThat(log.changedOnlyBy(one, TableState.ABSENT, second)).isFalse();
    assertThat(log.changedOnlyBy(Optional.empty(), first, second)).isFalse();
    assertThat(log.changedOnlyBy(two, second, compacted)).isFalse();
    assertThat(log.changedOnlyBy(two, first, deleted)).isFalse();
    assertThat(log.changedOnlyBy(two, first, first)).isFalse();
    assertThat(log.changedOnlyBy(two, second, first)).isFalse();
    assertThat(log.changedOnlyBy(two, new TableState("other", 0), second)).isFalse();
  }
}
