package io.assay.bronze.landing;

import static org.apache.spark.sql.functions.lit;

import io.assay.batch.Intent;
import io.assay.table.RowColumns;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What every bronze row has, whatever its format. */
public final class BronzeRows {
  private BronzeRows() {}

  /** Adds when the rows landed, and by which run and batch. */
  public static Dataset<Row> landed(Dataset<Row> rows, Intent intent) {
    return rows.withColumn(RowColumns.INGESTED_AT, lit(intent.clock()))
        .withColumn(RowColumns.RUN_ID, lit(intent.runId()))
        .withColumn(RowColumns.BATCH, lit(intent.batch()));
  }
}
