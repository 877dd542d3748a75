package io.assay.bronze.file;

import io.assay.table.CommitTag;
import io.assay.table.RowColumns;
import io.assay.table.TableLog;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Appends to a bronze table; creates it with its properties on the first append. */
final class BronzeAppend {
  private final SparkSession spark;
  private final Path path;
  private final TableLog log;

  BronzeAppend(SparkSession spark, Path path, TableLog log) {
    this.spark = spark;
    this.path = path;
    this.log = log;
  }

  /** The table's columns; none if there is no table yet. */
  StructType columns() {
    return log.state().exists()
        ? spark.read().format("delta").load(path.toString()).schema()
        : new StructType();
  }

  /** One commit. Columns that the table lacks are added to it. */
  void commit(Dataset<Row> rows, CommitTag tag) {
    DataFrameWriter<Row> writer =
        rows.write()
            .format("delta")
            .mode("append")
            .option("mergeSchema", "true")
            .options(tag.writerOptions());
    if (!log.state().exists()) {
      writer
          .option("delta.appendOnly", "true")
          // Silver reads what each version added, from the log, however far it is behind.
          .option("delta.logRetentionDuration", "interval 36500 days")
          // Bronze is read by versions, so statistics of its columns would serve nobody, and would
          // spell out personal values in the log. How many rows a file has is kept all the same.
          .option("delta.dataSkippingStatsColumns", RowColumns.INGESTED_AT);
    }
    writer.save(path.toString());
  }
}
