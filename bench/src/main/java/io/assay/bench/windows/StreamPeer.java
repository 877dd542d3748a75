package io.assay.bench.windows;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.window;

import java.nio.file.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;

/**
 * One query of Structured Streaming, which runs all the time and has its state in RocksDB. Distinct
 * values are collected, since it cannot count them otherwise.
 */
final class StreamPeer extends WindowsPeer {
  private StreamingQuery query;

  StreamPeer(ClickTables tables, Path runs) {
    super(tables, runs);
  }

  @Override
  void open() {}

  /** The table is there with its first batch, so the query starts then. */
  @Override
  void take() throws Exception {
    if (query == null) {
      query = start();
    }
    query.processAllAvailable();
  }

  private StreamingQuery start() throws Exception {
    // Names that clicks do not have.
    Dataset<Row> customers =
        spark()
            .read()
            .format("delta")
            .load(folder().resolve("silver/customers_history").toString())
            .select(col("customer_id").as("who"), col("tier"), col("valid_from"), col("valid_to"));
    Dataset<Row> clicks =
        spark()
            .readStream()
            .format("delta")
            .load(folder().resolve("silver/clickstream").toString())
            .withWatermark("event_time", "10 minutes");
    Column asOf =
        col("customer_id")
            .equalTo(col("who"))
            .and(col("valid_from").leq(col("event_time")))
            .and(col("valid_to").isNull().or(col("event_time").lt(col("valid_to"))));
    return clicks
        .join(customers, asOf, "left_outer")
        .groupBy(
            window(col("event_time"), "5 minutes").as("w"),
            col("type"),
            coalesce(col("tier"), lit("unknown")).as("tier"))
        .agg(
            count(lit(1)).as("events"),
            distinct(col("session_id")).as("sessions"),
            distinct(col("customer_id")).as("customers"),
            distinct(col("product_id")).as("products"))
        .select(
            col("w.start").as("window_start"),
            col("w.end").as("window_end"),
            col("type"),
            col("tier"),
            col("events"),
            col("sessions"),
            col("customers"),
            col("products"))
        .writeStream()
        .format("delta")
        .outputMode("append")
        .option("checkpointLocation", folder().resolve("checkpoint").toString())
        .start(written().toString());
  }

  private static Column distinct(Column column) {
    return size(collect_set(column)).cast("bigint");
  }

  @Override
  void close() throws Exception {
    query.stop();
    query = null;
  }

  @Override
  Path written() {
    return folder().resolve("gold/event_metrics_5m");
  }
}
