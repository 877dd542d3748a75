package io.assay.bench.quality;

import com.amazon.deequ.checks.Check;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.UnaryOperator;
import scala.Function1;
import scala.Option;

/** The same rules for all peers: as a contract states them, and as Deequ is told them. */
final class OrderRules {
  /** The name of the rule on uniqueness. */
  static final String UNIQUE = "order_id_unique";

  /** What must be true of a row, by the rule's name; a bad order breaks one or two. */
  static final Map<String, String> ROWS = rows();

  /** What must be true of the batch; it is, bad orders included. */
  static final List<BatchCheck> BATCH =
      List.of(
          new BatchCheck(
              "constraint: hasSize, mustBeGreaterThan: 0",
              check -> check.hasSize(asserts(size -> size > 0), Option.empty())),
          new BatchCheck(
              "constraint: hasCompleteness, column: email, mustBeGreaterThan: 0.99",
              check ->
                  check.hasCompleteness(
                      "email", asserts(share -> share > 0.99), Option.empty(), Option.empty())),
          new BatchCheck(
              "constraint: hasMin, column: unit_price, mustBeGreaterThan: -10",
              check ->
                  check.hasMin(
                      "unit_price", asserts(least -> least > -10), Option.empty(), Option.empty())),
          new BatchCheck(
              "constraint: hasMax, column: unit_price, mustBeLessThan: 100000",
              check ->
                  check.hasMax(
                      "unit_price",
                      asserts(most -> most < 100_000),
                      Option.empty(),
                      Option.empty())),
          new BatchCheck(
              "constraint: hasMean, column: quantity, mustBeLessThan: 100",
              check -> check.hasMean("quantity", asserts(mean -> mean < 100), Option.empty())),
          new BatchCheck(
              "constraint: hasSum, column: quantity, mustBeGreaterThan: 0",
              check -> check.hasSum("quantity", asserts(sum -> sum > 0), Option.empty())),
          new BatchCheck(
              "constraint: hasStandardDeviation, column: rating, mustBeLessThan: 5",
              check ->
                  check.hasStandardDeviation(
                      "rating", asserts(deviation -> deviation < 5), Option.empty())),
          new BatchCheck(
              "constraint: hasApproxCountDistinct, column: customer_id, mustBeGreaterThan: 1",
              check ->
                  check.hasApproxCountDistinct(
                      "customer_id", asserts(values -> values > 1), Option.empty())),
          new BatchCheck(
              "constraint: hasMinLength, column: email, mustBeGreaterThan: 5",
              check ->
                  check.hasMinLength(
                      "email", asserts(length -> length > 5), Option.empty(), Option.empty())),
          new BatchCheck(
              "constraint: hasMaxLength, column: country, mustBeLessThan: 3",
              check ->
                  check.hasMaxLength(
                      "country", asserts(length -> length < 3), Option.empty(), Option.empty())));

  private OrderRules() {}

  /**
   * A rule on the batch.
   *
   * @param stated what a contract's {@code implementation} says
   * @param told adds the same to a check
   */
  record BatchCheck(String stated, UnaryOperator<Check> told) {}

  /** Deequ serializes what it is told to assert, and gives it whole or broken numbers. */
  static Function1<Object, Object> asserts(SerializablePredicate predicate) {
    return (Function1<Object, Object> & Serializable)
        value -> predicate.test(((Number) value).doubleValue());
  }

  /** A predicate that Spark can send to another process. */
  interface SerializablePredicate extends DoublePredicate, Serializable {}

  private static Map<String, String> rows() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("email_given", "email is not null");
    rows.put("email_valid", "email rlike '^[^@ ]+@[^@ ]+$'");
    rows.put("email_short", "length(email) <= 60");
    rows.put("customer_known", "customer_id > 0");
    rows.put("country_listed", "country in ('GB', 'FR', 'DE', 'IT', 'ES', 'NL', 'SE')");
    rows.put("country_form", "country rlike '^[A-Z]{2}$'");
    rows.put("status_listed", "status in ('placed', 'paid', 'sent', 'returned')");
    rows.put("quantity_positive", "quantity >= 1");
    rows.put("quantity_possible", "quantity <= 100");
    rows.put("price_positive", "unit_price >= 0");
    rows.put("price_possible", "unit_price < 100000");
    rows.put("total_possible", "quantity * unit_price between 0 and 1000000");
    rows.put("rating_possible", "rating between 0 and 5");
    rows.put("ordered_since", "ordered_on >= date'2020-01-01'");
    rows.put("updated_after", "cast(updated_at as date) >= ordered_on");
    return rows;
  }
}
