package io.assay.bench.history;

import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** A peer that keeps its versions in a Delta table written by hand. */
abstract class DeltaPeer extends TablePeer {
  static final String HISTORY = "history";

  private final SparkSession spark;
  private final Path events;

  DeltaPeer(SparkSession spark, Path events, Path base, Path runs) {
    super(base, runs);
    this.spark = spark;
    this.events = events;
  }

  @Override
  void open() {
    table().toDF().schema();
  }

  @Override
  final Dataset<Row> history() {
    return table().toDF();
  }

  final SparkSession spark() {
    return spark;
  }

  final DeltaTable table() {
    return DeltaTable.forPath(spark, folder().resolve(HISTORY).toString());
  }

  /** The batch, as rows of a plain feed. */
  final Dataset<Row> updates() {
    return updates(spark.read().parquet(events.toString()));
  }

  /** Events as rows of a plain feed: key, attributes and when they hold from. */
  static Dataset<Row> updates(Dataset<Row> events) {
    return events
        .withColumn(Fingerprint.FROM, functions.col("_valid_time"))
        .selectExpr(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(CustomerFeed.KEY),
                        CustomerFeed.ATTRIBUTES.stream()),
                    java.util.stream.Stream.of(Fingerprint.FROM))
                .toArray(String[]::new));
  }
}
