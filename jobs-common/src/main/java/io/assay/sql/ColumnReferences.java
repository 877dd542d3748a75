package io.assay.sql;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;

/** The columns that an expression names, leaving out the variables of its own lambdas. */
public final class ColumnReferences {
  private ColumnReferences() {}

  /** Every reference, in order: {@code source.lsn} is {@code [source, lsn]}. */
  public static Set<List<String>> of(Column expression) {
    Set<List<String>> found = new LinkedHashSet<>();
    replaced(
        expression,
        parts -> {
          found.add(parts);
          return Optional.empty();
        });
    return found;
  }

  /**
   * The expression with other columns in the place of its references.
   *
   * @param replacement is given a reference's parts; empty leaves the reference as it is
   */
  public static Column replaced(
      Column expression, Function<List<String>, Optional<Column>> replacement) {
    return new Column(replaced(expression.expr(), Set.of(), replacement));
  }

  private static Expression replaced(
      Expression node,
      Set<String> variables,
      Function<List<String>, Optional<Column>> replacement) {
    if (node instanceof UnresolvedAttribute name) {
      return replacement(Catalyst.list(name.nameParts()), variables, replacement, node);
    }
    if (node instanceof UnresolvedNamedLambdaVariable name) {
      return replacement(Catalyst.list(name.nameParts()), variables, replacement, node);
    }
    Set<String> inner = variables;
    if (node instanceof LambdaFunction lambda) {
      inner = new HashSet<>(variables);
      for (String variable : Catalyst.variables(lambda)) {
        inner.add(Catalyst.lower(variable));
      }
    }
    Set<String> hidden = inner;
    return Catalyst.mapChildren(node, child -> replaced(child, hidden, replacement));
  }

  private static Expression replacement(
      List<String> parts,
      Set<String> variables,
      Function<List<String>, Optional<Column>> replacement,
      Expression otherwise) {
    if (variables.contains(Catalyst.lower(parts.get(0)))) {
      return otherwise;
    }
    return replacement.apply(List.copyOf(parts)).map(Column::expr).orElse(otherwise);
  }
}
