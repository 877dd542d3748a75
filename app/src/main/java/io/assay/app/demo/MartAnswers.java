package io.assay.app.demo;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the marts of analysts and watchmen say; each answer is one small query. */
final class MartAnswers {
  private final TableCatalog catalog;

  MartAnswers(TableCatalog catalog) {
    this.catalog = catalog;
  }

  /** By day: whether it is over or going on, and what it brought in. */
  Map<LocalDate, String> live() {
    Map<LocalDate, String> live = new TreeMap<>();
    gold("sales_live")
        .select("order_date", "part", "revenue", "profit")
        .collectAsList()
        .forEach(
            row ->
                live.merge(
                    row.getDate(0).toLocalDate(),
                    row.getString(1) + " " + row.getDecimal(2) + " " + row.getDecimal(3),
                    (one, other) -> one + " and " + other));
    return live;
  }

  /** How many lines all orders have. */
  long lines() {
    return gold("fct_order_items").count();
  }

  /** How many products were ever on sale. */
  long products() {
    return gold("dim_products").count();
  }

  /** What is to be ordered in: product and warehouse. */
  Set<String> reorders() {
    Set<String> reorders = new TreeSet<>();
    gold("inventory_levels")
        .where(col("needs_reorder"))
        .select("product_id", "warehouse")
        .collectAsList()
        .forEach(row -> reorders.add(row.getString(0) + " " + row.getString(1)));
    return reorders;
  }

  MartTruth.Worth worth() {
    Row row =
        gold("customer_360")
            .agg(count(lit(1)), sum("lifetime_value"), sum("lifetime_profit"))
            .first();
    return new MartTruth.Worth(row.getLong(0), row.getDecimal(1), row.getDecimal(2));
  }

  /** segment, customers, sum of their lifetime value; the most valuable first. */
  List<Row> segments() {
    return gold("customer_360")
        .groupBy("segment")
        .agg(count(lit(1)).as("customers"), sum("lifetime_value").as("value"))
        .orderBy(col("value").desc(), col("segment"))
        .collectAsList();
  }

  MartTruth.Funnel funnel() {
    Row row =
        gold("sessions")
            .agg(
                count(lit(1)),
                count_if(col("reached_cart")),
                count_if(col("reached_checkout")),
                count_if(col("is_converted")))
            .first();
    return new MartTruth.Funnel(row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3));
  }

  /** By product: what is to be recommended, the best first. */
  Map<String, List<String>> recommendations() {
    Map<String, List<String>> products = new TreeMap<>();
    gold("product_recommendations")
        .orderBy("product_id", "place")
        .select("product_id", "recommended_id")
        .collectAsList()
        .forEach(
            row ->
                products
                    .computeIfAbsent(row.getString(0), id -> new ArrayList<>())
                    .add(row.getString(1)));
    return products;
  }

  /** Order and alert: what was too much. */
  Map<String, BigDecimal> alerts() {
    Map<String, BigDecimal> alerts = new TreeMap<>();
    gold("fraud_alerts")
        .select("order_id", "alert", "observed")
        .collectAsList()
        .forEach(row -> alerts.put(row.getString(0) + " " + row.getString(1), row.getDecimal(2)));
    return alerts;
  }

  /** alert, order_id, customer_id, evidence; the newest first. */
  List<Row> newestAlerts(int rows) {
    return gold("fraud_alerts")
        .orderBy(col("ordered_at").desc(), col("order_id"), col("alert"))
        .select("alert", "order_id", "customer_id", "evidence")
        .limit(rows)
        .collectAsList();
  }

  MartTruth.Hours hours() {
    Row row = gold("sensor_hourly").agg(count(lit(1)), sum("readings")).first();
    return new MartTruth.Hours(row.getLong(0), row.getLong(1));
  }

  /** By the window's start, type of click and tier: what happened in five minutes. */
  Map<String, ClickTruth.Metrics> clicks() {
    Map<String, ClickTruth.Metrics> clicks = new TreeMap<>();
    gold("event_metrics_5m")
        .select("window_start", "type", "tier", "events", "sessions", "customers", "products")
        .collectAsList()
        .forEach(
            row ->
                clicks.put(
                    row.<Timestamp>getAs(0).toInstant() + " " + row.get(1) + " " + row.get(2),
                    new ClickTruth.Metrics(
                        row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6))));
    return clicks;
  }

  /** How many clicks came too late for their window. */
  long lateClicks() {
    TableName late = TableName.late("event_metrics_5m");
    return catalog.state(late).exists() ? catalog.read(late).count() : 0;
  }

  private Dataset<Row> gold(String mart) {
    return catalog.read(TableName.gold(mart));
  }
}
