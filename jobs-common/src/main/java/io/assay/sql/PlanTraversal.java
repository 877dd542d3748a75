package io.assay.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.RelationTimeTravel;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Tuple2;

/**
 * Visits every node of a parsed query, subqueries and the definitions of WITH included, from the
 * leaves up, and puts what the visitor returns in its place.
 */
final class PlanTraversal {

  /** What to do with each node; by default nothing. */
  interface Visitor {
    /** A relation that is not a name defined by a WITH around it. */
    default LogicalPlan relation(UnresolvedRelation relation) {
      return relation;
    }

    /** Any other node of a plan, after its children and expressions. */
    default LogicalPlan plan(LogicalPlan plan) {
      return plan;
    }

    /** A node of an expression, after its children. */
    default Expression expression(Expression expression) {
      return expression;
    }
  }

  private final Visitor visitor;

  PlanTraversal(Visitor visitor) {
    this.visitor = visitor;
  }

  LogicalPlan visit(LogicalPlan plan) {
    return visit(plan, Set.of());
  }

  Expression visit(Expression expression) {
    return visit(expression, Set.of());
  }

  private LogicalPlan visit(LogicalPlan plan, Set<String> defined) {
    if (plan instanceof UnresolvedWith with) {
      return visitWith(with, defined);
    }
    if (plan instanceof UnresolvedRelation relation) {
      return isDefined(relation, defined) ? relation : visitor.relation(relation);
    }
    if (plan instanceof RelationTimeTravel travel) {
      // Its relation is no child of it.
      visit(travel.relation(), defined);
    }
    LogicalPlan below = Catalyst.mapChildren(plan, child -> visit(child, defined));
    return visitor.plan(Catalyst.mapExpressions(below, expression -> visit(expression, defined)));
  }

  /** A definition sees those before it, as in Spark. */
  private LogicalPlan visitWith(UnresolvedWith with, Set<String> outer) {
    Set<String> defined = new HashSet<>(outer);
    List<Tuple2<String, SubqueryAlias>> definitions = new ArrayList<>();
    for (Tuple2<String, SubqueryAlias> definition : Catalyst.definitions(with)) {
      definitions.add(
          new Tuple2<>(
              definition._1(), (SubqueryAlias) visit(definition._2(), Set.copyOf(defined))));
      defined.add(Catalyst.lower(definition._1()));
    }
    return Catalyst.with(visit(with.child(), defined), definitions);
  }

  private Expression visit(Expression expression, Set<String> defined) {
    Expression below = Catalyst.mapChildren(expression, child -> visit(child, defined));
    if (below instanceof PlanExpression<?> subquery) {
      below = Catalyst.withPlan(subquery, visit(Catalyst.plan(subquery), defined));
    }
    return visitor.expression(below);
  }

  private static boolean isDefined(UnresolvedRelation relation, Set<String> defined) {
    List<String> parts = Catalyst.list(relation.multipartIdentifier());
    return parts.size() == 1 && defined.contains(Catalyst.lower(parts.get(0)));
  }
}
