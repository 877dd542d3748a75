package io.assay.app.demo;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares gold with what the generator knows, to the penny. */
final class ShopProof {
  private final ShopAnswers answers;

  ShopProof(ShopAnswers answers) {
    this.answers = answers;
  }

  /**
   * Checks sales by day, the best products and the customers.
   *
   * @throws AssayException if gold says anything else
   */
  void trade(ShopTruth truth) {
    List<ShopTruth.Sales> sales =
        answers.sales().stream()
            .map(
                row ->
                    new ShopTruth.Sales(
                        row.getDate(0).toLocalDate(),
                        row.getLong(1),
                        row.getLong(3),
                        row.getDecimal(4),
                        row.getDecimal(5)))
            .toList();
    same("gold.daily_sales", truth.sales(), sales);
    List<ShopTruth.ProductSales> products =
        answers.products().stream()
            .map(
                row ->
                    new ShopTruth.ProductSales(row.getString(1), row.getLong(4), row.getDecimal(5)))
            .toList();
    same("gold.top_products", truth.products().subList(0, products.size()), products);
    Map<Boolean, Long> versions = new HashMap<>();
    answers.customers().forEach(row -> versions.put(row.getBoolean(0), row.getLong(1)));
    long current = versions.getOrDefault(true, 0L);
    same("current rows of gold.dim_customers", truth.customers(), current);
    same(
        "rows of gold.dim_customers",
        truth.customerVersions(),
        current + versions.getOrDefault(false, 0L));
  }

  /** Checks what was paid against what was due. */
  void payments(ShopTruth truth) {
    Map<String, BigDecimal> differences = new TreeMap<>();
    answers
        .paymentDifferences()
        .forEach(row -> differences.put(row.getString(0), row.getDecimal(1)));
    same("gold.payment_reconciliation", truth.paymentDifferences(), differences);
  }

  /** Checks where a customer lived when they placed their orders. */
  void orders(ShopTruth truth, String customerId) {
    Map<String, Long> cities = new TreeMap<>();
    answers.ordersByCity(customerId).forEach(row -> cities.put(row.getString(0), row.getLong(1)));
    same("orders of " + customerId + " by city", truth.ordersByCity(customerId), cities);
  }

  /** Checks what is on sale and in stock, and what visitors did. */
  void shelves(ShopTruth truth) {
    same("products in silver.products", truth.productsOnSale(), answers.productsOnSale());
    same("pieces in silver.inventory", truth.piecesInStock(), answers.piecesInStock());
    same("purchases in silver.clickstream", truth.purchases(), answers.purchases());
    same("readings in silver.sensors", truth.readings(), answers.readings());
  }

  /** Checks what only analysts and watchmen ask. */
  void analyses(MartTruth marts) {
    MartAnswers gold = answers.marts();
    same("gold.sales_live", marts.live(), gold.live());
    same("lines of gold.fct_order_items", marts.lines(), gold.lines());
    same("gold.dim_products", marts.products(), gold.products());
    same("alerts of gold.inventory_levels", marts.reorders(), gold.reorders());
    same("gold.customer_360", marts.worth(), gold.worth());
    same("gold.product_recommendations", marts.recommendations(), gold.recommendations());
    same("gold.sessions", marts.funnel(), gold.funnel());
    same("gold.fraud_alerts", marts.alerts(), gold.alerts());
    same("gold.sensor_hourly", marts.hours(), gold.hours());
    same("gold.event_metrics_5m", marts.clicks().windows(), gold.clicks());
    same("gold.event_metrics_5m_late", 0L, gold.lateClicks());
  }

  private static void same(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new AssayException(
          ExitCode.FAILURE,
          what + " is wrong: expected " + expected + ", found " + found + "; please report this");
    }
  }
}
