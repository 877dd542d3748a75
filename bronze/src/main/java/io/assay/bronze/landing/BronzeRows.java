package io.assay.bronze.landing;

import static org.apache.spark.sql.functions.lit;

import io.assay.batch.Intent;
import io.assay.table.RowColumns;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The shape that every bronze row has, whatever its format. */
public final class BronzeRows {
  /** The type of {@link RowColumns#SOURCE}. */
  public static final StructType SOURCE =
      new StructType()
          .add("origin", DataTypes.StringType)
          .add("position", DataTypes.LongType)
          .add("key", DataTypes.StringType);

  private BronzeRows() {}

  /** Adds when the rows landed, and by which run and batch. */
  public static Dataset<Row> landed(Dataset<Row> rows, Intent intent) {
    return rows.withColumn(RowColumns.INGESTED_AT, lit(intent.clock()))
        .withColumn(RowColumns.RUN_ID, lit(intent.runId()))
        .withColumn(RowColumns.BATCH, lit(intent.batch()));
  }
}
