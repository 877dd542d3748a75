package io.assay.gold.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Marts of several shapes, kept from random changes of their tables: after each step they equal
 * what the query gives over all rows, to the last digit. Nothing is ever computed in full.
 *
 * <p>A step is one random batch of changes to one shop; the shops share their tables, so that many
 * steps are done by one query.
 */
class RandomWorkloadTest {
  private static final int SHOPS = 50;

  private static final String ITEM_SUMS =
      "WITH sums AS (SELECT shop, order_id, count(*) AS lines, sum(quantity) AS units,"
          + " CAST(sum(quantity * price) AS DECIMAL(12, 2)) AS amount"
          + " FROM silver.items GROUP BY shop, order_id) ";

  private static final String ORDERS =
      "SELECT orders.shop, orders.id, orders.customer, day, status,"
          + " coalesce(customer.tier, 'unknown') AS tier, coalesce(lines, 0) AS lines,"
          + " coalesce(amount, CAST(0 AS DECIMAL(12, 2))) AS amount FROM silver.orders AS orders"
          + " LEFT JOIN sums ON sums.shop = orders.shop AND sums.order_id = orders.id"
          + " LEFT JOIN silver.customers_history AS customer ON customer.shop = orders.shop"
          + " AND customer.id = orders.customer AND customer.valid_from <= orders.day"
          + " AND (customer.valid_to IS NULL OR orders.day < customer.valid_to)";

  /** A mart's query and key. */
  private record Shape(String sql, List<String> key) {}

  private static Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("orders", new Shape(ITEM_SUMS + ORDERS, List.of("shop", "id")));
    shapes.put(
        "daily",
        new Shape(
            ITEM_SUMS
                + ", placed AS ("
                + ORDERS
                + ") SELECT shop, day, count(CASE WHEN status <> 'cancelled' THEN 1 END) AS orders,"
                + " sum(amount) AS revenue, avg(amount) AS mean FROM placed GROUP BY shop, day",
            List.of("shop", "day")));
    shapes.put(
        "reconciliation",
        new Shape(
            ITEM_SUMS
                + ", paid AS (SELECT shop, order_id, count(*) AS payments, sum(amount) AS amount"
                + " FROM silver.payments GROUP BY shop, order_id)"
                + " SELECT coalesce(sums.shop, paid.shop) AS shop,"
                + " coalesce(sums.order_id, paid.order_id) AS order_id,"
                + " coalesce(sums.amount, 0) AS due, paid.amount AS paid, payments"
                + " FROM sums FULL OUTER JOIN paid"
                + " ON paid.shop = sums.shop AND paid.order_id = sums.order_id"
                + " WHERE coalesce(sums.amount, 0) <> coalesce(paid.amount, 0)",
            List.of("shop", "order_id")));
    shapes.put(
        "tiers",
        new Shape(
            "SELECT orders.shop, tier, count(*) AS orders, count(DISTINCT orders.customer) AS people"
                + " FROM silver.orders JOIN silver.customers_history AS customer"
                + " ON customer.shop = orders.shop AND customer.id = orders.customer"
                + " AND customer.valid_from <= orders.day"
                + " AND (customer.valid_to IS NULL OR orders.day < customer.valid_to)"
                + " WHERE status <> 'cancelled' OR status IS NULL"
                + " GROUP BY orders.shop, tier HAVING count(*) > 1",
            List.of("shop", "tier")));
    shapes.put(
        "places",
        new Shape(
            "SELECT shop, id, customer, day - lag(day) OVER w AS since, row_number() OVER w AS place"
                + " FROM silver.orders WINDOW w AS (PARTITION BY shop, customer ORDER BY day, id)",
            List.of("shop", "id")));
    shapes.put(
        "people",
        new Shape(
            "SELECT shop, customer AS id FROM silver.orders UNION"
                + " SELECT shop, id FROM silver.customers_history WHERE valid_to IS NULL",
            List.of("shop", "id")));
    shapes.put(
        "unpaid",
        new Shape(
            "SELECT orders.shop, orders.id, status FROM silver.orders LEFT JOIN silver.payments"
                + " ON payments.shop = orders.shop AND payments.order_id = orders.id"
                + " AND payments.amount > 0 WHERE payments.id IS NULL",
            List.of("shop", "id")));
    shapes.put(
        "together",
        new Shape(
            "SELECT one.shop, one.product, other.product AS other, count(*) AS times,"
                + " sum(one.quantity) AS units FROM silver.items AS one JOIN silver.items AS other"
                + " ON other.shop = one.shop AND other.order_id = one.order_id"
                + " AND one.product < other.product GROUP BY one.shop, one.product, other.product",
            List.of("shop", "product", "other")));
    shapes.put(
        "by_status",
        new Shape(
            "SELECT orders.shop, status, max(price) AS dearest, min(day) AS first,"
                + " count(items.id) AS items FROM silver.orders LEFT JOIN silver.items"
                + " ON items.shop = orders.shop AND items.order_id = orders.id"
                + " GROUP BY orders.shop, status",
            List.of("shop", "status")));
    return shapes;
  }

  @Test
  void everyStepGivesWhatTheQueryGives() {
    assertThat(steps(6, 20261121)).isGreaterThanOrEqualTo(300);
  }

  @Tag("deep")
  @Test
  void thousandsOfStepsGiveWhatTheQueryGives() {
    assertThat(steps(43, 7)).isGreaterThanOrEqualTo(2000);
  }

  private static int steps(int rounds, long seed) {
    World world = new World();
    RandomShops.tables(world);
    RandomShops shops = new RandomShops(seed, SHOPS);
    shops.live(80);
    shops.into(world);
    world.settle();
    Map<String, List<Row>> kept = new LinkedHashMap<>();
    shapes().forEach((name, shape) -> kept.put(name, world.full(shape.sql())));
    for (int round = 0; round < rounds; round++) {
      shops.live(4);
      shops.into(world);
      for (Map.Entry<String, Shape> mart : shapes().entrySet()) {
        Shape shape = mart.getValue();
        List<Row> before = kept.get(mart.getKey());
        kept.put(
            mart.getKey(), new ArrayList<>(world.maintained(shape.sql(), shape.key(), before)));
      }
      world.settle();
    }
    return rounds * SHOPS;
  }
}
