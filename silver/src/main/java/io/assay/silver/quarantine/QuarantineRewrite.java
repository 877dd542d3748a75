package io.assay.silver.quarantine;

import static org.apache.spark.sql.functions.col;

import io.assay.batch.BatchInput.Quarantined;
import io.assay.table.CommitTag;
import io.assay.table.QuarantineColumns;
import io.assay.table.TableName;
import io.assay.table.TableRewrite;
import io.assay.table.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes into a quarantine table what became of the rows that a batch tried to take in. */
public final class QuarantineRewrite {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final TableName table;

  /** A rewrite of rows of one table. */
  public QuarantineRewrite(SparkSession spark, Warehouse warehouse, TableName table) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.table = table;
  }

  /**
   * Does it, in one commit.
   *
   * @param tried rows of the table
   * @param refused the events that were refused, as the form takes them
   */
  public void commit(
      Quarantined input,
      ReplayedRows tried,
      Dataset<Row> refused,
      QuarantineRows form,
      CommitTag tag) {
    Column version = col(QuarantineColumns.BRONZE_VERSION);
    Column within = version.gt(input.after()).and(version.leq(input.upTo()));
    TableRewrite.inSession(
        spark,
        tag,
        session ->
            new TableRewrite(session, warehouse, table)
                .commit(within, tried.identity(), tried.after(refused, form), tag));
  }
}
