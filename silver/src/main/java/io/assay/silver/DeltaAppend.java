package io.assay.silver;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.sql.Analysis;
import io.assay.table.CommitTag;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableOverwrite;
import io.assay.table.TableProperties;
import io.assay.table.Warehouse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Appends rows to a table in one commit, creating it first if need be. */
final class DeltaAppend {
  private final Warehouse warehouse;
  private final TableName table;
  private final Optional<String> comment;
  private final Set<String> personal;

  /**
   * @param comment of the table, when it is created; empty for none
   * @param personal the top-level columns that hold personal data
   */
  DeltaAppend(
      Warehouse warehouse, TableName table, Optional<String> comment, Set<String> personal) {
    this.warehouse = warehouse;
    this.table = table;
    this.comment = comment;
    this.personal = Set.copyOf(personal);
  }

  /** Commits the rows; columns the table does not have yet are added to it. */
  void commit(Dataset<Row> rows, CommitTag tag) {
    Analysis.run(
        () -> write(rows, tag),
        problem ->
            new AssayException(
                ExitCode.FAILURE,
                "%s has other types than its contract has now (%s); give a changed column a new name, or rebuild the table"
                    .formatted(table, Analysis.reason(problem)),
                problem));
  }

  private void write(Dataset<Row> rows, CommitTag tag) {
    SparkSession spark = rows.sparkSession();
    Map<String, String> properties = TableProperties.of(rows.schema(), personal);
    if (comment.isPresent() && !new TableLog(spark, warehouse, table).state().exists()) {
      // Delta's writer gives a comment to no table that lies at a path.
      new TableOverwrite(spark, warehouse, table).commit(rows, comment, properties, tag);
      return;
    }
    rows.write()
        .format("delta")
        .mode("append")
        .option("mergeSchema", "true")
        .options(properties)
        .options(tag.writerOptions())
        .save(warehouse.path(table).toString());
  }
}
