package io.assay.bronze.landing;

import io.assay.table.CommitTag;
import io.assay.table.TableLog;
import io.assay.table.TableProperties;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Appends to a bronze table; creates it with its properties on the first append. */
public final class BronzeAppend {
  private final SparkSession spark;
  private final Path path;
  private final TableLog log;

  public BronzeAppend(SparkSession spark, Path path, TableLog log) {
    this.spark = spark;
    this.path = path;
    this.log = log;
  }

  /** The table's columns; none if there is no table yet. */
  public StructType columns() {
    return log.state().exists()
        ? spark.read().format("delta").load(path.toString()).schema()
        : new StructType();
  }

  /** One commit. Columns that the table lacks are added to it. */
  public void commit(Dataset<Row> rows, CommitTag tag) {
    DataFrameWriter<Row> writer =
        rows.write()
            .format("delta")
            .mode("append")
            .option("mergeSchema", "true")
            .options(tag.writerOptions());
    if (!log.state().exists()) {
      writer.options(TableProperties.landing());
    }
    writer.save(path.toString());
  }
}
