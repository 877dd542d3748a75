package io.assay.bench;

import java.util.List;

/**
 * A column of the orders.
 *
 * @param logicalType as the contract says it
 * @param type as Spark says it
 * @param good SQL for the text that a good row has, over {@code id}
 * @param bad SQL for what it has instead in a row that is bad in this column; the same as {@code
 *     good} if there is none
 */
public record OrderColumn(String name, String logicalType, String type, String good, String bad) {
  private static final String DAY = "date_add(date'2025-01-01', int(id % 365))";

  /** Ten columns: numbers, texts, decimals, a date and a time. */
  public static final List<OrderColumn> ALL =
      List.of(
          good("order_id", "integer", "bigint", "string(id)"),
          good("customer_id", "integer", "int", "string(1 + pmod(xxhash64(id), 400000))"),
          bad(
              "email",
              "string",
              "string",
              "concat(substr(sha1(string(id % 400000)), 1, 12), '@example.org')",
              "substr(sha1(string(id % 400000)), 1, 12)"),
          bad(
              "country",
              "string",
              "string",
              "element_at(array('GB', 'FR', 'DE', 'IT', 'ES', 'NL', 'SE'), int(id % 7) + 1)",
              "'XX'"),
          good(
              "status",
              "string",
              "string",
              "element_at(array('placed', 'paid', 'sent', 'returned'), int(id % 4) + 1)"),
          bad("quantity", "integer", "int", "string(1 + pmod(hash(id), 12))", "'0'"),
          bad(
              "unit_price",
              "number",
              "decimal(10,2)",
              "string(cast(pmod(hash(id, 1), 100000) / 100 as decimal(10, 2)))",
              "'-1.00'"),
          bad("rating", "number", "double", "string(double(pmod(hash(id, 2), 51)) / 10)", "'9.5'"),
          good("ordered_on", "date", "date", "string(" + DAY + ")"),
          bad(
              "updated_at",
              "timestamp",
              "timestamp",
              "concat(%s, ' ', %s)".formatted(DAY, timeOfDay()),
              "concat(date_sub(%s, 1), ' ', %s)".formatted(DAY, timeOfDay())));

  private static OrderColumn good(String name, String logicalType, String type, String good) {
    return new OrderColumn(name, logicalType, type, good, good);
  }

  private static OrderColumn bad(
      String name, String logicalType, String type, String good, String bad) {
    return new OrderColumn(name, logicalType, type, good, bad);
  }

  private static String timeOfDay() {
    return "substr(string(timestamp_seconds(pmod(hash(id, 3), 86400))), 12, 8)";
  }
}
