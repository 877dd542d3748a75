package io.assay.bench.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.assay.table.CommitTag;
import io.assay.table.TableAppend;
import io.assay.table.TableDescription;
import io.assay.table.TableName;
import io.assay.table.TableProperties;
import io.assay.table.TableRewrite;
import io.assay.table.Warehouse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The silver tables that the shop's marts read, as its jobs would have left them: four items to an
 * order, the orders spread evenly over the days, a file a day.
 */
final class ShopTables {
  private static final int ITEMS_OF_AN_ORDER = 4;
  private static final int CUSTOMERS = 50_000;
  private static final int DAYS_OF_CHANGES = 3;
  private static final TableName ITEMS = TableName.silver("order_items");

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final long items;
  private final int days;

  ShopTables(SparkSession spark, Warehouse warehouse, long items, int days) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.items = items;
    this.days = days;
  }

  void make() {
    create(
        TableName.silver("orders"),
        spark
            .range(0, items / ITEMS_OF_AN_ORDER, 1, days)
            .select(
                number("id").as("order_id"),
                col("id").mod(CUSTOMERS).cast("string").as("customer_id"),
                expr("if(id % 20 = 0, 'cancelled', 'sent')").as("status"),
                lit("parcel").as("delivery_method"),
                col("id").mod(9).equalTo(0).as("is_gift"),
                time("id", "0").as("ordered_at"),
                time("id", "3600").as("updated_at")));
    create(ITEMS, lines(spark.range(0, items, 1, days).toDF(), lit(1)));
    create(
        TableName.history("customers"),
        spark
            .range(CUSTOMERS * 2L)
            .select(
                col("id").mod(CUSTOMERS).cast("string").as("customer_id"),
                expr("concat('city ', id % 40)").as("city"),
                expr("if(id % 3 = 0, 'gold', 'basic')").as("tier"),
                expr("timestamp_seconds(if(id < %d, 0, %d))".formatted(CUSTOMERS, middle()))
                    .as("valid_from"),
                expr("if(id < %d, timestamp_seconds(%d), null)".formatted(CUSTOMERS, middle()))
                    .as("valid_to"),
                col("id").geq(CUSTOMERS).as("is_current")));
  }

  private long middle() {
    return days * 43_200L;
  }

  private Column time(String order, String more) {
    return expr(
        "timestamp_seconds(CAST(%s * %d / %d AS BIGINT) + %s)"
            .formatted(order, days * 86_400L, items / ITEMS_OF_AN_ORDER, more));
  }

  /** As the shop numbers its orders, so that texts sort as numbers do. */
  private static Column number(String order) {
    return expr("concat('O', lpad(%s, 9, '0'))".formatted(order));
  }

  private static Dataset<Row> lines(Dataset<Row> numbers, Column quantity) {
    return numbers.select(
        number("id DIV " + ITEMS_OF_AN_ORDER).as("order_id"),
        expr("CAST(id %% %d AS INT)".formatted(ITEMS_OF_AN_ORDER)).as("line_no"),
        expr("concat('p', id % 1000)").as("product_id"),
        quantity.cast("int").as("quantity"),
        expr("CAST(1 + id % 90 AS DECIMAL(12, 2))").as("unit_price"),
        expr("CAST((1 + id % 90) * 0.6 AS DECIMAL(12, 2))").as("unit_cost"));
  }

  private void create(TableName table, Dataset<Row> rows) {
    new TableAppend(warehouse, table)
        .commit(
            rows.withColumn("_batch", lit(1L)),
            new TableDescription(Optional.empty(), List.of(), TableProperties.followed(Map.of())),
            new CommitTag("bench", 1, "{}"));
  }

  /**
   * Changes the quantity of a share of all items, chosen among those of the last three days.
   *
   * @param round from 1; each changes its items to something else
   */
  void change(double share, int round) {
    long recent = items * DAYS_OF_CHANGES / days;
    long step = Math.max(1, Math.round(recent / (share * items)));
    Dataset<Row> changed =
        lines(
                spark
                    .range(items - recent, items, 1, 2)
                    .where(col("id").mod(step).equalTo(0))
                    .toDF(),
                lit(1 + round))
            .withColumn("_batch", lit((long) round));
    CommitTag tag = new CommitTag("bench/changes", round, "{}");
    TableRewrite.inSession(
        spark,
        tag,
        session ->
            new TableRewrite(session, warehouse, ITEMS)
                .commit(lit(true), changed.select("order_id", "line_no"), changed, tag));
  }
}
