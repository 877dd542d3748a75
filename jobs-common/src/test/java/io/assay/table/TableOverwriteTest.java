package io.assay.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableOverwriteTest {
  private static final TableName TABLE = TableName.silver("numbers_history");

  @TempDir Path folder;

  @Test
  void partitionsThatGetNoRowsAreReplacedTooWhateverTheSessionIsSetTo() {
    SparkSession session = TestSpark.session().newSession();
    session.conf().set("spark.sql.sources.partitionOverwriteMode", "dynamic");
    Warehouse warehouse = new Warehouse(new org.apache.hadoop.fs.Path(folder.toUri()));
    TableDescription description =
        new TableDescription(Optional.empty(), List.of("open"), Map.of());
    for (long batch = 1; batch <= 2; batch++) {
      new TableOverwrite(session, warehouse, TABLE)
          .commit(
              session.range(batch, 3).selectExpr("id", "id = 2 open"),
              description,
              new CommitTag("a", batch, "{}"));
    }

    TableLog log = new TableLog(session, warehouse, TABLE);
    assertThat(log.read(log.state().version()).collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactly(2L);
  }
}
