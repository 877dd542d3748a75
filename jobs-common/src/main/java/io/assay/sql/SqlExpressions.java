package io.assay.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.UnresolvedWindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.types.StructType;

/** Single SQL expressions of a project: columns, conditions, predicates. */
public final class SqlExpressions {
  private SqlExpressions() {}

  /**
   * The expression as a column, with the project's functions expanded.
   *
   * @param functions by lower-case name
   * @throws SqlSyntaxException if the text is no expression, or a call does not fit its function
   */
  public static Column column(String expression, Map<String, SqlFunction> functions) {
    return new Column(expanded(Catalyst.parseExpression(expression), functions));
  }

  private static Expression expanded(Expression parsed, Map<String, SqlFunction> functions) {
    return expanded(parsed, new FunctionExpansion(functions));
  }

  private static Expression expanded(Expression parsed, FunctionExpansion expansion) {
    return new PlanTraversal(
            new PlanTraversal.Visitor() {
              @Override
              public Expression expression(Expression node) {
                return expansion.expand(node);
              }
            })
        .visit(parsed);
  }

  /**
   * The project's functions that an expression depends on, directly or through another.
   *
   * @param functions by lower-case name
   * @throws SqlSyntaxException if the text is no expression, or a call does not fit its function
   */
  public static SortedMap<String, SqlFunction> used(
      String expression, Map<String, SqlFunction> functions) {
    FunctionExpansion expansion = new FunctionExpansion(functions);
    expanded(Catalyst.parseExpression(expression), expansion);
    return expansion.used();
  }

  /**
   * What keeps a text from being an expression over one row alone: syntax, calls that do not fit,
   * subqueries, window and aggregate functions, and values that the row does not settle.
   *
   * @param functions by lower-case name
   */
  public static List<SqlProblem> problems(String expression, Map<String, SqlFunction> functions) {
    try {
      Expression parsed = Catalyst.parseExpression(expression);
      List<SqlProblem> problems = new ArrayList<>(problems(parsed));
      problems.addAll(aggregates(expanded(parsed, functions)));
      return List.copyOf(problems);
    } catch (SqlSyntaxException e) {
      return List.of(e.problem());
    }
  }

  /**
   * What keeps an expression from being a condition on rows of these columns: a function that is
   * not there, types that do not fit; empty if nothing. Needs no session.
   *
   * @param functions by lower-case name
   */
  public static Optional<SqlProblem> misfit(
      String condition, Map<String, SqlFunction> functions, StructType columns) {
    try {
      Expression expanded = expanded(Catalyst.parseExpression(condition), functions);
      Typing.analyzed(Catalyst.filtered(expanded, Catalyst.rows(columns)));
      return Optional.empty();
    } catch (SqlSyntaxException e) {
      return Optional.of(e.problem());
    }
  }

  /**
   * The columns that an expression names, as written, dots between the parts; variables of its own
   * lambdas are none.
   *
   * @throws SqlSyntaxException if the text is no expression
   */
  public static SortedSet<String> names(String expression) {
    return new TreeSet<>(
        FunctionExpansion.strangers(Set.of(), Catalyst.parseExpression(expression)));
  }

  /**
   * Aggregates, those in the project's functions included; in a window they are reported as such.
   */
  private static List<SqlProblem> aggregates(Expression expanded) {
    List<SqlProblem> problems = new ArrayList<>();
    collectAggregates(expanded, problems);
    return problems;
  }

  private static void collectAggregates(Expression node, List<SqlProblem> problems) {
    if (node instanceof WindowExpression || node instanceof UnresolvedWindowExpression) {
      return;
    }
    AggregateFunctions.reason(node).ifPresent(text -> problems.add(Catalyst.problem(node, text)));
    Catalyst.list(node.children()).forEach(child -> collectAggregates(child, problems));
  }

  static List<SqlProblem> problems(Expression expression) {
    List<SqlProblem> problems = new ArrayList<>();
    new PlanTraversal(
            new PlanTraversal.Visitor() {
              @Override
              public Expression expression(Expression node) {
                if (node instanceof PlanExpression<?>) {
                  problems.add(
                      Catalyst.problem(node, "a subquery reads other rows; that is a mart's work"));
                } else if (node instanceof WindowExpression
                    || node instanceof UnresolvedWindowExpression) {
                  problems.add(
                      Catalyst.problem(
                          node,
                          "a window function would depend on how the rows are cut into batches;"
                              + " that is a mart's work"));
                }
                QueryRules.refusal(node)
                    .or(() -> ChangingFunctions.reason(node))
                    .ifPresent(text -> problems.add(Catalyst.problem(node, text)));
                return node;
              }
            })
        .visit(expression);
    return List.copyOf(problems);
  }
}
