package io.assay.gold.incremental;

import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.Size;
import org.apache.spark.sql.catalyst.expressions.SortArray;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectList;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectSet;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;
import org.apache.spark.sql.catalyst.expressions.aggregate.Last;

/**
 * The functions whose value depends on the order in which rows happen to come, or is an estimate:
 * two computations over the same rows may differ, so neither proves the other.
 */
public final class UnsteadyFunctions {
  private static final Set<String> UNSTEADY =
      Set.of(
          "approx_count_distinct",
          "approx_percentile",
          "percentile_approx",
          "count_min_sketch",
          "histogram_numeric",
          "hll_sketch_agg",
          "hll_union_agg",
          "mode",
          "max_by",
          "min_by",
          "any_value",
          "first",
          "first_value",
          "last",
          "last_value",
          "collect_list",
          "collect_set",
          "array_agg",
          "ntile");

  private UnsteadyFunctions() {}

  /** Why an expression has no settled value; empty if it has. */
  public static Optional<String> reason(Expression node) {
    if (node instanceof PlanExpression) {
      return Optional.of("it compares with a subquery; join the table instead");
    }
    String name = node.prettyName();
    if (UNSTEADY.contains(name)) {
      return Optional.of(
          name + "() depends on the order of rows, or is an estimate; two computations may differ");
    }
    if (!node.deterministic() && node.children().isEmpty()) {
      return Optional.of(name + "() gives another value each time");
    }
    for (Expression child : Tree.list(node.children())) {
      Optional<String> reason = settles(node, child) ? inside(child) : reason(child);
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  /** Whether an expression collects values in the order in which rows come. */
  static boolean isCollected(Expression expression) {
    return expression instanceof AggregateExpression aggregate
        && (aggregate.aggregateFunction() instanceof CollectList
            || aggregate.aggregateFunction() instanceof CollectSet);
  }

  /** Whether an expression has the same value in whatever order a list's items are. */
  static boolean settlesOrder(Expression expression) {
    return expression instanceof SortArray || expression instanceof Size;
  }

  /** Why what a window collects, or how it chooses the rows, has no settled value. */
  static Optional<String> insideWindow(WindowExpression window) {
    return inside(window.windowFunction()).or(() -> reason(window.windowSpec()));
  }

  /** Whether the order of rows makes no difference to a node, though it does to its child. */
  private static boolean settles(Expression node, Expression child) {
    if (isCollected(child)) {
      return settlesOrder(node);
    }
    if (child instanceof AggregateExpression aggregate) {
      Expression function = aggregate.aggregateFunction();
      return (function instanceof First || function instanceof Last)
          && node instanceof WindowExpression window
          && !window.windowSpec().orderSpec().isEmpty();
    }
    return false;
  }

  private static Optional<String> inside(Expression aggregate) {
    return Tree.list(((AggregateExpression) aggregate).aggregateFunction().children()).stream()
        .flatMap(argument -> reason(argument).stream())
        .findFirst();
  }
}
