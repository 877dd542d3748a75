package io.assay.app.demo;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the shop's tables say; each answer is one small query. */
public final class ShopAnswers {
  private final TableCatalog catalog;

  /** Answers from these tables, as they are when they are asked. */
  public ShopAnswers(SparkSession spark, Warehouse warehouse) {
    this.catalog = new TableCatalog(spark, warehouse);
  }

  /** What the marts of analysts and watchmen say. */
  MartAnswers marts() {
    return new MartAnswers(catalog);
  }

  /** order_date, orders, cancelled_orders, units, revenue, profit; by day. */
  public List<Row> sales() {
    return gold("daily_sales")
        .select("order_date", "orders", "cancelled_orders", "units", "revenue", "profit")
        .orderBy("order_date")
        .collectAsList();
  }

  /** place, product_id, name, category, units, revenue; the best first. */
  public List<Row> products() {
    return gold("top_products")
        .select("place", "product_id", "name", "category", "units", "revenue")
        .orderBy("place")
        .collectAsList();
  }

  /** reason, number of orders, sum of the differences; the greatest first. */
  public List<Row> paymentDifferencesByReason() {
    return gold("payment_reconciliation")
        .groupBy("reason")
        .agg(count(lit(1)), sum("difference"))
        .orderBy(abs(col("sum(difference)")).desc(), col("reason"))
        .collectAsList();
  }

  /** order_id, difference; by order. */
  List<Row> paymentDifferences() {
    return gold("payment_reconciliation")
        .select("order_id", "difference")
        .orderBy("order_id")
        .collectAsList();
  }

  /** city, tier, valid_from, valid_to in the shop's time; by start. */
  List<Row> versions(String customerId) {
    return gold("dim_customers")
        .where(col("customer_id").equalTo(customerId))
        .orderBy("valid_from")
        .select(col("city"), col("tier"), local("valid_from"), local("valid_to"))
        .collectAsList();
  }

  /** city, number of orders; by city. */
  List<Row> ordersByCity(String customerId) {
    return gold("fct_orders")
        .where(col("customer_id").equalTo(customerId))
        .groupBy("city")
        .agg(count(lit(1)))
        .orderBy("city")
        .collectAsList();
  }

  /** Whether current; number of versions. */
  List<Row> customers() {
    return gold("dim_customers").groupBy("is_current").agg(count(lit(1))).collectAsList();
  }

  /** price, valid_from, valid_to in the shop's time; by start. */
  List<Row> prices(String productId) {
    return catalog
        .read(TableName.history("products"))
        .where(col("product_id").equalTo(productId))
        .orderBy("valid_from")
        .select(col("price"), local("valid_from"), local("valid_to"))
        .collectAsList();
  }

  /** How many products are on sale. */
  long productsOnSale() {
    return catalog.read(TableName.silver("products")).count();
  }

  /** How many pieces lie in the warehouses. */
  long piecesInStock() {
    return catalog
        .read(TableName.silver("inventory"))
        .agg(sum("quantity"))
        .collectAsList()
        .get(0)
        .getLong(0);
  }

  /** How many visits ended in a purchase. */
  long purchases() {
    return catalog
        .read(TableName.silver("clickstream"))
        .where(col("type").equalTo("purchase"))
        .count();
  }

  /** How often the cold stores' sensors told a temperature. */
  long readings() {
    return catalog.read(TableName.silver("sensors")).count();
  }

  /** rule, rows, an example of what is wrong; the most frequent first. */
  List<Row> quarantined(String dataset) {
    return catalog
        .read(TableName.quarantine(dataset))
        .select(explode(col("reasons")).as("reason"))
        .groupBy(col("reason.rule").as("rule"))
        .agg(count(lit(1)).as("rows"), first(col("reason.message")).as("example"))
        .orderBy(col("rows").desc(), col("rule"))
        .collectAsList();
  }

  private static Column local(String column) {
    return date_format(from_utc_timestamp(col(column), OrderBook.ZONE.getId()), "yyyy-MM-dd HH:mm");
  }

  private Dataset<Row> gold(String mart) {
    return catalog.read(TableName.gold(mart));
  }
}
