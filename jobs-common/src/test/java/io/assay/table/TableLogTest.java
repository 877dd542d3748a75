package io.assay.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.testing.TestSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
    for (long batch = 1; batch <= 2; batch++) {
      Map<String, String> tag = new CommitTag("a", batch, "{}").writerOptions();
      String path = warehouse.path(TABLE).toString();
      spark.range(batch).write().format("delta").mode("append").options(tag).save(path);
    }
    DeltaLog.forTable(spark, warehouse.path(TABLE)).checkpoint();
    Files.delete(folder.resolve("bronze/numbers/_delta_log/00000000000000000000.json"));
    TableLog log = new TableLog(spark, warehouse, TABLE);

    assertThat(log.addedBy("a", 2)).hasValue(2);
    assertThat(log.addedBy("a", 3)).isEmpty();
    assertThat(log.addedBy("b", 1)).isEmpty();
  }
}
