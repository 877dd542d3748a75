package io.assay.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.analysis.Star;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;

/**
 * Replaces calls of a project's functions by their expressions, with the arguments in the places of
 * the parameters. It works on trees, not on text, so no argument can change how the rest is read,
 * and the names of a function's own lambdas never catch a name in an argument.
 */
final class FunctionExpansion {
  private final Map<String, SqlFunction> functions;
  private final Deque<String> open = new ArrayDeque<>();
  private final SortedMap<String, SqlFunction> used = new TreeMap<>();
  private int expansions;

  FunctionExpansion(Map<String, SqlFunction> functions) {
    this.functions = functions;
  }

  /**
   * The node itself, or what a call of a project's function stands for.
   *
   * @param node whose children are expanded already
   */
  Expression expand(Expression node) {
    if (!(node instanceof UnresolvedFunction call)) {
      return node;
    }
    List<String> parts = Catalyst.list(call.nameParts());
    SqlFunction function = parts.size() == 1 ? functions.get(Catalyst.lower(parts.get(0))) : null;
    if (function == null) {
      return node;
    }
    List<Expression> arguments = arguments(call, function);
    if (open.contains(function.name())) {
      throw refused(call, "function " + function.name() + " calls itself (" + path(function) + ")");
    }
    used.put(function.name(), function);
    Expression body = body(function);
    Map<String, Expression> values = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      values.put(Catalyst.lower(function.parameters().get(i)), arguments.get(i));
    }
    return substitute(body, values);
  }

  /** The function's expression with the calls in it expanded. */
  Expression body(SqlFunction function) {
    open.addLast(function.name());
    Expression body =
        new PlanTraversal(
                new PlanTraversal.Visitor() {
                  @Override
                  public Expression expression(Expression inner) {
                    return expand(inner);
                  }
                })
            .visit(Catalyst.parseExpression(function.expression()));
    open.removeLast();
    return body;
  }

  /** The functions that were expanded so far, by name. */
  SortedMap<String, SqlFunction> used() {
    return used;
  }

  private String path(SqlFunction function) {
    return String.join(" → ", open) + " → " + function.name();
  }

  private static List<Expression> arguments(UnresolvedFunction call, SqlFunction function) {
    List<Expression> arguments = Catalyst.list(call.arguments());
    if (arguments.size() != function.parameters().size()) {
      throw refused(
          call,
          "function %s takes %d argument%s (%s), not %d"
              .formatted(
                  function.name(),
                  function.parameters().size(),
                  function.parameters().size() == 1 ? "" : "s",
                  String.join(", ", function.parameters()),
                  arguments.size()));
    }
    if (arguments.stream().anyMatch(a -> a instanceof Star || a instanceof NamedArgumentExpression)
        || call.isDistinct()
        || call.filter().isDefined()
        || call.ignoreNulls()) {
      throw refused(
          call,
          "function "
              + function.name()
              + " is called with its arguments by position only: without *, =>, DISTINCT, FILTER or"
              + " IGNORE NULLS");
    }
    return arguments;
  }

  private Expression substitute(Expression node, Map<String, Expression> values) {
    if (node instanceof UnresolvedAttribute name) {
      return value(Catalyst.list(name.nameParts()), values, node);
    }
    if (node instanceof UnresolvedNamedLambdaVariable name) {
      return value(Catalyst.list(name.nameParts()), values, node);
    }
    if (node instanceof LambdaFunction lambda) {
      return substitute(lambda, values);
    }
    return Catalyst.mapChildren(node, child -> substitute(child, values));
  }

  /**
   * A lambda's variables hide parameters of their name, and are renamed, so that they hide no
   * other.
   */
  private Expression substitute(LambdaFunction lambda, Map<String, Expression> values) {
    expansions++;
    Map<String, Expression> inner = new HashMap<>(values);
    for (String variable : Catalyst.variables(lambda)) {
      inner.put(Catalyst.lower(variable), Catalyst.lambdaVariable(variable + "__" + expansions));
    }
    return Catalyst.mapChildren(lambda, child -> substitute(child, inner));
  }

  private static Expression value(
      List<String> parts, Map<String, Expression> values, Expression otherwise) {
    Expression value = values.get(Catalyst.lower(parts.get(0)));
    if (value == null) {
      return otherwise;
    }
    return Catalyst.fields(value, parts.subList(1, parts.size()));
  }

  private static SqlSyntaxException refused(UnresolvedFunction call, String message) {
    return new SqlSyntaxException(Catalyst.line(call), Catalyst.column(call), message);
  }

  /** The names in a function's expression that are no parameters. */
  static Set<String> strangers(SqlFunction function, Expression body) {
    Set<String> known = new HashSet<>();
    function.parameters().forEach(parameter -> known.add(Catalyst.lower(parameter)));
    return strangers(known, body);
  }

  /** The names in an expression that are neither known nor variables of its lambdas. */
  static Set<String> strangers(Set<String> known, Expression expression) {
    Set<String> strangers = new HashSet<>();
    collectStrangers(expression, known, strangers);
    return strangers;
  }

  private static void collectStrangers(Expression node, Set<String> known, Set<String> strangers) {
    List<String> parts =
        node instanceof UnresolvedAttribute name
            ? Catalyst.list(name.nameParts())
            : node instanceof UnresolvedNamedLambdaVariable variable
                ? Catalyst.list(variable.nameParts())
                : List.of();
    if (!parts.isEmpty() && !known.contains(Catalyst.lower(parts.get(0)))) {
      strangers.add(String.join(".", parts));
    }
    Set<String> inner = new HashSet<>(known);
    if (node instanceof LambdaFunction lambda) {
      Catalyst.variables(lambda).forEach(variable -> inner.add(Catalyst.lower(variable)));
    }
    Catalyst.list(node.children()).forEach(child -> collectStrangers(child, inner, strangers));
  }
}
