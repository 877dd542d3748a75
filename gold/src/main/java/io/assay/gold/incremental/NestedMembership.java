package io.assay.gold.incremental;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Finds {@code x IN (SELECT …)} inside another expression than AND, OR, and NOT right before it.
 * What becomes of nulls there depends on how Spark simplifies the whole, which is not done to the
 * plans that are followed.
 */
final class NestedMembership {
  private NestedMembership() {}

  /** Whether a plan, or a subquery in it, has such an expression. */
  static boolean isIn(LogicalPlan plan) {
    return Tree.list(plan.expressions()).stream()
            .anyMatch(expression -> isNested(expression) || isInSubquery(expression))
        || Tree.list(plan.children()).stream().anyMatch(NestedMembership::isIn);
  }

  private static boolean isNested(Expression expression) {
    List<Expression> children = Tree.list(expression.children());
    if (expression instanceof And || expression instanceof Or) {
      return children.stream().anyMatch(NestedMembership::isNested);
    }
    Expression asked = expression instanceof Not ? children.get(0) : expression;
    return !(asked instanceof InSubquery) && Tree.contains(asked, InSubquery.class::isInstance);
  }

  private static boolean isInSubquery(Expression expression) {
    return Tree.contains(
        expression,
        node -> node instanceof PlanExpression<?> subquery && isIn((LogicalPlan) subquery.plan()));
  }
}
