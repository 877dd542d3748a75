package io.assay.gold.incremental;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.ExistenceJoin;
import org.apache.spark.sql.catalyst.plans.LeftSemiOrAnti;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * Which attributes of each node are tracked: those whose value in a row of the result follows from
 * one row of each table that went into it, whatever other rows there are. Sums and counts are not
 * tracked, and neither is what a window computes.
 */
final class Tracks {
  private final Map<LogicalPlan, Set<Long>> known = new IdentityHashMap<>();

  Set<Long> of(LogicalPlan node) {
    Set<Long> tracked = known.get(node);
    if (tracked == null) {
      tracked = tracked(node);
      known.put(node, tracked);
    }
    return tracked;
  }

  /** Whether an expression over the node's children can be computed from what is tracked. */
  boolean computable(Expression expression, LogicalPlan node) {
    return Tree.ofOneRow(expression) && below(node).containsAll(Tree.references(expression));
  }

  private Set<Long> below(LogicalPlan node) {
    Set<Long> tracked = new TreeSet<>();
    Tree.list(node.children()).forEach(child -> tracked.addAll(of(child)));
    return tracked;
  }

  private Set<Long> tracked(LogicalPlan node) {
    if (Tree.table(node).isPresent() || node.children().isEmpty()) {
      return Tree.ids(Tree.output(node));
    }
    if (node instanceof Project project) {
      return computed(Tree.list(project.projectList()), node);
    }
    if (node instanceof Aggregate aggregate) {
      return computed(Tree.list(aggregate.aggregateExpressions()), node);
    }
    if (node instanceof Join join) {
      boolean leftAlone =
          LeftSemiOrAnti.unapply(join.joinType()).isDefined()
              || join.joinType() instanceof ExistenceJoin;
      return leftAlone ? of(join.left()) : Tree.union(of(join.left()), of(join.right()));
    }
    if (node instanceof Union || node instanceof Except || node instanceof Intersect) {
      return inEveryChild(node);
    }
    if (node instanceof Window || node instanceof Generate) {
      return below(node);
    }
    return node.children().size() == 1
        ? Tree.common(below(node), Tree.ids(Tree.output(node)))
        : Set.of();
  }

  private Set<Long> computed(List<NamedExpression> list, LogicalPlan node) {
    Set<Long> tracked = new TreeSet<>();
    for (NamedExpression named : list) {
      if (computable(Tree.computed(named), node)) {
        tracked.add(Tree.id(named));
      }
    }
    return tracked;
  }

  private Set<Long> inEveryChild(LogicalPlan node) {
    Set<Long> tracked = new TreeSet<>();
    for (int place = 0; place < node.output().size(); place++) {
      if (isTracked(node, place)) {
        tracked.add(Tree.id(Tree.output(node).get(place)));
      }
    }
    return tracked;
  }

  private boolean isTracked(LogicalPlan node, int place) {
    return Tree.list(node.children()).stream()
        .allMatch(
            child -> {
              Attribute attribute = Tree.output(child).get(place);
              return of(child).contains(Tree.id(attribute));
            });
  }
}
