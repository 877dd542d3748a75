package io.assay.gold.incremental;

import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.optimizer.InlineCTE;
import org.apache.spark.sql.catalyst.optimizer.PullupCorrelatedPredicates$;
import org.apache.spark.sql.catalyst.optimizer.RewritePredicateSubquery$;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Spark's analysed plans, as Java sees them. Attributes are known by the number of their expression
 * id, which is unique within a plan.
 */
public final class Tree {
  private Tree() {}

  public static <T> List<T> list(Seq<T> items) {
    return JavaConverters.seqAsJavaList(items);
  }

  public static <T> Seq<T> seq(List<T> items) {
    return JavaConverters.asScalaBuffer(items).toSeq();
  }

  /** An analysed plan with definitions of WITH in their places, and EXISTS and IN as joins. */
  public static LogicalPlan joined(LogicalPlan analyzed) {
    LogicalPlan inlined = new InlineCTE(true).apply(analyzed);
    return RewritePredicateSubquery$.MODULE$.apply(
        PullupCorrelatedPredicates$.MODULE$.apply(inlined));
  }

  /** The table whose rows a node stands for: the name under which the query was bound to it. */
  public static Optional<TableName> table(LogicalPlan node) {
    if (node instanceof SubqueryAlias alias && alias.identifier().qualifier().size() == 1) {
      return TableName.parse(
          alias.identifier().qualifier().head() + "." + alias.identifier().name());
    }
    return Optional.empty();
  }

  /** Whether the node, or one below it, stands for a table. */
  public static boolean readsTables(LogicalPlan node) {
    return table(node).isPresent()
        || list(node.children()).stream().anyMatch(child -> readsTables(child));
  }

  /** Whether a node compares, or adds, whole rows of its children. */
  public static boolean comparesRows(LogicalPlan node) {
    return node instanceof Union
        || node instanceof Distinct
        || node instanceof Except
        || node instanceof Intersect;
  }

  public static List<Attribute> output(LogicalPlan node) {
    return list(node.output());
  }

  public static long id(NamedExpression named) {
    return named.exprId().id();
  }

  public static Set<Long> ids(Collection<? extends NamedExpression> named) {
    Set<Long> ids = new TreeSet<>();
    named.forEach(one -> ids.add(id(one)));
    return ids;
  }

  /** The attributes that an expression is computed from. */
  public static Set<Long> references(Expression expression) {
    return ids(list(expression.references().toSeq()));
  }

  public static Set<Long> references(Collection<? extends Expression> expressions) {
    Set<Long> ids = new TreeSet<>();
    expressions.forEach(expression -> ids.addAll(references(expression)));
    return ids;
  }

  public static List<Expression> conjuncts(Expression condition) {
    List<Expression> conjuncts = new ArrayList<>();
    if (condition instanceof And and) {
      conjuncts.addAll(conjuncts(and.left()));
      conjuncts.addAll(conjuncts(and.right()));
    } else {
      conjuncts.add(condition);
    }
    return conjuncts;
  }

  public static List<Expression> conjuncts(Option<Expression> condition) {
    return condition.isDefined() ? conjuncts(condition.get()) : List.of();
  }

  public static Expression conjunction(List<Expression> conjuncts) {
    return conjuncts.stream().reduce(And::new).orElseThrow();
  }

  /** Whether the expression's value follows from the attributes of one row. */
  public static boolean ofOneRow(Expression expression) {
    return expression.deterministic()
        && !contains(
            expression,
            node -> node instanceof AggregateExpression || node instanceof PlanExpression);
  }

  public static boolean contains(Expression expression, Predicate<Expression> wanted) {
    return wanted.test(expression)
        || list(expression.children()).stream().anyMatch(child -> contains(child, wanted));
  }

  public static Expression mapChildren(Expression expression, UnaryOperator<Expression> change) {
    return expression.mapChildren(change::apply);
  }

  public static LogicalPlan mapChildren(LogicalPlan plan, UnaryOperator<LogicalPlan> change) {
    return plan.mapChildren(change::apply);
  }

  /** What a named expression of a list computes. */
  public static Expression computed(NamedExpression named) {
    return named instanceof Alias alias ? alias.child() : (Expression) named;
  }

  /** By the number of each attribute that a list defines: what it is computed from. */
  public static Map<Long, Expression> definitions(List<NamedExpression> list) {
    Map<Long, Expression> definitions = new HashMap<>();
    list.forEach(named -> definitions.put(id(named), computed(named)));
    return definitions;
  }

  /** By the number of each of a node's attributes: the one in the same place of another node. */
  public static Map<Long, Expression> places(LogicalPlan node, LogicalPlan other) {
    Map<Long, Expression> places = new HashMap<>();
    List<Attribute> there = output(other);
    int place = 0;
    for (Attribute attribute : output(node)) {
      places.put(id(attribute), there.get(place++));
    }
    return places;
  }

  /** The expression with attributes replaced by what defines them. */
  public static Expression substituted(Expression expression, Map<Long, Expression> definitions) {
    return expression instanceof Attribute attribute
        ? definitions.getOrDefault(id(attribute), expression)
        : mapChildren(expression, child -> substituted(child, definitions));
  }

  @SafeVarargs
  public static Set<Long> union(Set<Long>... sets) {
    Set<Long> union = new TreeSet<>();
    Arrays.stream(sets).forEach(union::addAll);
    return union;
  }

  public static Set<Long> common(Set<Long> one, Set<Long> other) {
    Set<Long> common = new TreeSet<>(one);
    common.retainAll(other);
    return common;
  }
}
