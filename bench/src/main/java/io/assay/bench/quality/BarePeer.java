package io.assay.bench.quality;

import static org.apache.spark.sql.functions.lit;

import io.assay.table.Layer;
import io.assay.table.RowColumns;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Reads, casts and writes with Spark and Delta alone. A value that does not fit becomes a null, and
 * nobody is told.
 */
final class BarePeer extends OrderPeer {
  BarePeer(SparkSession spark, Scenario scenario, Path bronze, Path runs) {
    super(spark, scenario, bronze, runs);
  }

  @Override
  public void run() {
    append(
        OrderFeed.typed(table(Layer.BRONZE)).withColumn(RowColumns.BATCH, lit(1L)), Layer.SILVER);
  }
}
