package io.assay.gold.incremental;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SessionWindow$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/** Why the changed rows of a query cannot be told from the changes of its tables. */
final class Obstacles {
  private final Tracks tracks;
  private final WindowLists lists;
  private final Set<String> found = new LinkedHashSet<>();

  private Obstacles(Tracks tracks, WindowLists lists) {
    this.tracks = tracks;
    this.lists = lists;
  }

  /**
   * All that stands in the way, for people; empty if nothing does.
   *
   * @param key the columns that name a row, as the contract calls them
   */
  static List<String> of(LogicalPlan root, Tracks tracks, List<String> key) {
    Obstacles obstacles = new Obstacles(tracks, WindowLists.of(root));
    obstacles.visit(root);
    obstacles.key(root, key);
    return List.copyOf(obstacles.found);
  }

  private void key(LogicalPlan root, List<String> key) {
    if (key.isEmpty()) {
      found.add("its contract names no key (primaryKey), by which rows could be told apart");
    }
    for (String column : key) {
      Optional<Attribute> attribute =
          Tree.output(root).stream()
              .filter(output -> output.name().equalsIgnoreCase(column))
              .findFirst();
      if (attribute.isEmpty()) {
        found.add("the query does not produce its key " + column);
      } else if (!tracks.of(root).contains(Tree.id(attribute.get()))) {
        found.add("its key " + column + " is computed over several rows");
      }
    }
  }

  private void visit(LogicalPlan node) {
    if (Tree.table(node).isPresent() || node.children().isEmpty()) {
      return;
    }
    reason(node).ifPresent(found::add);
    Tree.list(node.expressions()).forEach(expression -> unsteady(expression).ifPresent(found::add));
    Tree.list(node.children()).forEach(this::visit);
  }

  private Optional<String> unsteady(Expression expression) {
    return lists.settled(expression)
        ? UnsteadyFunctions.insideWindow((WindowExpression) ((Alias) expression).child())
        : UnsteadyFunctions.reason(expression);
  }

  private Optional<String> reason(LogicalPlan node) {
    if (node instanceof GlobalLimit || node instanceof LocalLimit || node instanceof Offset) {
      return Optional.of("LIMIT and OFFSET choose among all rows");
    }
    if (node instanceof Window window) {
      return window(window);
    }
    if (node instanceof Join join) {
      return join(join);
    }
    if (node instanceof Aggregate aggregate) {
      return sessions(aggregate);
    }
    return isFollowed(node)
        ? Optional.empty()
        : Optional.of(node.nodeName() + " cannot be followed");
  }

  private static boolean isFollowed(LogicalPlan node) {
    return node instanceof Project
        || node instanceof Filter
        || node instanceof SubqueryAlias
        || node instanceof Distinct
        || node instanceof Sort
        || node instanceof Union
        || node instanceof Except
        || node instanceof Intersect
        || node instanceof Generate
        || node instanceof Expand;
  }

  private Optional<String> window(Window window) {
    List<Expression> partition = Tree.list(window.partitionSpec());
    if (partition.isEmpty()) {
      return Optional.of("a window over all rows (no PARTITION BY) may change every row");
    }
    return partition.stream().allMatch(expression -> tracks.computable(expression, window))
        ? Optional.empty()
        : Optional.of("a window is partitioned by what is computed over several rows");
  }

  private Optional<String> join(Join join) {
    if (!Tree.readsTables(join.left()) || !Tree.readsTables(join.right())) {
      return Optional.empty();
    }
    boolean equal =
        Equality.of(join).stream()
            .anyMatch(
                equality ->
                    tracks.of(join.left()).containsAll(Tree.references(equality.left()))
                        && tracks.of(join.right()).containsAll(Tree.references(equality.right())));
    return equal
        ? Optional.empty()
        : Optional.of(
            "a join has no equality between columns of both sides, or one that is computed over"
                + " several rows");
  }

  /** The sessions' bounds are found only when the query runs. */
  private static Optional<String> sessions(Aggregate aggregate) {
    List<Expression> grouping = new ArrayList<>(Tree.list(aggregate.groupingExpressions()));
    return grouping.stream()
            .anyMatch(
                expression ->
                    expression instanceof Attribute attribute
                        && attribute.metadata().contains(SessionWindow$.MODULE$.marker()))
        ? Optional.of("session_window() groups rows by their neighbours")
        : Optional.empty();
  }
}
