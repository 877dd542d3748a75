package io.assay.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Looks at a bound plan as Spark will, before there is a session. */
final class Typing {
  private Typing() {}

  /**
   * The plan, analysed.
   *
   * @param plan with the project's functions expanded
   * @throws SqlSyntaxException if it calls a function that is not there or depends on the time of
   *     the run, or types do not fit
   */
  static LogicalPlan analyzed(LogicalPlan plan) {
    new PlanTraversal(
            new PlanTraversal.Visitor() {
              @Override
              public Expression expression(Expression node) {
                if (node instanceof UnresolvedFunction call) {
                  requireKnown(call);
                }
                return node;
              }
            })
        .visit(plan);
    LogicalPlan analyzed = Catalyst.analyzed(plan);
    SpecialTimes.refuse(analyzed);
    return analyzed;
  }

  /** Without a session Spark's own refusal would not name the function. */
  private static void requireKnown(UnresolvedFunction call) {
    List<String> parts = Catalyst.list(call.nameParts());
    String name = parts.get(parts.size() - 1);
    if (!Catalyst.isBuiltIn(name)) {
      throw new SqlSyntaxException(
          Catalyst.line(call),
          Catalyst.column(call),
          "there is no function '" + String.join(".", parts) + "'");
    }
  }
}
