package io.assay.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.ExpressionWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.Parameter;
import org.apache.spark.sql.catalyst.analysis.PlanWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.RelationTimeTravel;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.catalyst.trees.TreeNode;

/** What a query must not do, so that it is a function of the tables it names. */
final class QueryRules {
  /** Table functions that make rows of their arguments; every other reads something unnamed. */
  private static final Set<String> PURE_TABLE_FUNCTIONS =
      Set.of(
          "range",
          "explode",
          "explode_outer",
          "posexplode",
          "posexplode_outer",
          "inline",
          "inline_outer",
          "json_tuple",
          "stack");

  private static final Comparator<SqlProblem> IN_ORDER_OF_TEXT =
      Comparator.comparingInt(SqlProblem::line).thenComparingInt(SqlProblem::column);

  private QueryRules() {}

  static List<SqlProblem> problems(LogicalPlan plan, List<SqlReference> references) {
    List<SqlProblem> problems = new ArrayList<>();
    for (SqlReference reference : references) {
      if (reference.table().isEmpty()) {
        problems.add(notPublic(reference));
      }
    }
    new PlanTraversal(
            new PlanTraversal.Visitor() {
              @Override
              public LogicalPlan plan(LogicalPlan node) {
                refusal(node).ifPresent(text -> problems.add(Catalyst.problem(node, text)));
                return node;
              }

              @Override
              public Expression expression(Expression node) {
                refusal(node).ifPresent(text -> problems.add(Catalyst.problem(node, text)));
                return node;
              }
            })
        .visit(plan);
    problems.addAll(timeDependence(plan));
    problems.sort(IN_ORDER_OF_TEXT);
    return List.copyOf(problems);
  }

  static List<SqlProblem> timeDependence(LogicalPlan plan) {
    List<SqlProblem> problems = new ArrayList<>();
    new PlanTraversal(
            new PlanTraversal.Visitor() {
              @Override
              public LogicalPlan plan(LogicalPlan node) {
                if (node instanceof Sample) {
                  problems.add(
                      Catalyst.problem(
                          node, "TABLESAMPLE takes other rows each time; choose rows by a value"));
                }
                return node;
              }

              @Override
              public Expression expression(Expression node) {
                ChangingFunctions.reason(node)
                    .ifPresent(text -> problems.add(Catalyst.problem(node, text)));
                return node;
              }
            })
        .visit(plan);
    problems.sort(IN_ORDER_OF_TEXT);
    return List.copyOf(problems);
  }

  /** What an expression does that no expression of a project may; empty if nothing. */
  static Optional<String> refusal(TreeNode<?> node) {
    if (node instanceof RelationTimeTravel) {
      return Optional.of(
          "another version of a table (VERSION AS OF, TIMESTAMP AS OF) cannot be read here; the"
              + " versions read are those of the batch, and silver.X_history holds the past");
    }
    if (node instanceof PlanWithUnresolvedIdentifier
        || node instanceof ExpressionWithUnresolvedIdentifier) {
      return Optional.of("IDENTIFIER(…) hides what is read; write the name itself");
    }
    if (node instanceof Parameter) {
      return Optional.of("parameters (:name, ?) have no value here; write the value");
    }
    if (node instanceof ScriptTransformation) {
      return Optional.of("TRANSFORM … USING runs a program and is not supported");
    }
    if (node instanceof UnresolvedTableValuedFunction function) {
      List<String> parts = Catalyst.list(function.name());
      String name = Catalyst.lower(parts.get(parts.size() - 1));
      return PURE_TABLE_FUNCTIONS.contains(name)
          ? Optional.empty()
          : Optional.of(
              "the table function "
                  + String.join(".", parts)
                  + " is not supported; read tables by their public names");
    }
    return Optional.empty();
  }

  private static SqlProblem notPublic(SqlReference reference) {
    String name = String.join(".", reference.parts());
    String advice =
        reference.parts().size() == 1
            ? "; write its layer, as in silver." + Catalyst.lower(name)
            : "; public names are bronze.X, silver.X, silver.X_history, quarantine.X, gold.X, and"
                + " paths cannot be read";
    return new SqlProblem(
        reference.line(), reference.column(), name + " is no public name of a table" + advice);
  }
}
