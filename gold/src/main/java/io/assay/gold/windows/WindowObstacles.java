package io.assay.gold.windows;

import io.assay.gold.incremental.Equality;
import io.assay.gold.incremental.Tree;
import io.assay.gold.incremental.UnsteadyFunctions;
import io.assay.table.TableName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.FullOuter$;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.LeftSemiOrAnti;
import org.apache.spark.sql.catalyst.plans.RightOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/** Why a row of a query does not follow from the events of one window. */
final class WindowObstacles {
  private final TableName of;
  private final WindowParts parts;
  private final Set<String> found = new LinkedHashSet<>();

  private WindowObstacles(TableName of, WindowParts parts) {
    this.of = of;
    this.parts = parts;
  }

  /** All that stands in the way, for people; empty if nothing does. */
  static Set<String> of(LogicalPlan root, TableName of, WindowParts parts) {
    WindowObstacles obstacles = new WindowObstacles(of, parts);
    obstacles.visit(root);
    if (!parts.of(root).containsValue(Part.END)) {
      obstacles.found.add(
          "it does not return when its window ends: group by window(…) or session_window(…) and"
              + " select window.end or session_window.end");
    }
    return obstacles.found;
  }

  private boolean reads(LogicalPlan node) {
    return Tree.table(node).filter(of::equals).isPresent()
        || Tree.list(node.children()).stream().anyMatch(this::reads);
  }

  private void visit(LogicalPlan node) {
    if (Tree.table(node).isPresent() || node.children().isEmpty()) {
      return;
    }
    Tree.list(node.expressions())
        .forEach(expression -> UnsteadyFunctions.reason(expression).ifPresent(found::add));
    if (reads(node)) {
      reason(node).ifPresent(found::add);
    }
    Tree.list(node.children()).forEach(this::visit);
  }

  private Optional<String> reason(LogicalPlan node) {
    if (node instanceof GlobalLimit || node instanceof LocalLimit || node instanceof Offset) {
      return Optional.of("LIMIT and OFFSET choose among rows of several windows");
    }
    if (node instanceof Aggregate aggregate) {
      return grouping(aggregate);
    }
    if (node instanceof Distinct distinct) {
      return told(Tree.output(distinct), parts.of(distinct))
          ? Optional.empty()
          : Optional.of("DISTINCT over several windows: select the window's end as well");
    }
    if (node instanceof Window window) {
      return told(Tree.list(window.partitionSpec()), parts.of(window.child()))
          ? Optional.empty()
          : Optional.of("OVER (…) looks at several windows: partition by the window, or its end");
    }
    if (node instanceof Join join) {
      return join(join);
    }
    if (node instanceof Union union) {
      return Tree.list(union.children()).stream().allMatch(this::reads)
          ? Optional.empty()
          : Optional.of("UNION with rows of no window");
    }
    if (node instanceof Filter filter && boundsOfSessions(filter)) {
      return Optional.of(
          "a condition on the bounds of sessions, which Spark would apply to events: compare"
              + " min() or max() of the events' time");
    }
    return isOfOneRow(node)
        ? Optional.empty()
        : Optional.of(node.nodeName() + " cannot be followed");
  }

  private boolean boundsOfSessions(Filter filter) {
    Map<Long, Part> below = parts.of(filter.child());
    return parts.sessions()
        && Tree.references(filter.condition()).stream()
            .map(below::get)
            .anyMatch(part -> part != null && part != Part.TIME && part != Part.OWN_SESSION);
  }

  private static boolean isOfOneRow(LogicalPlan node) {
    return node instanceof Project
        || node instanceof Filter
        || node instanceof SubqueryAlias
        || node instanceof Sort
        || node instanceof Generate
        || node instanceof Expand;
  }

  /** Whether one of the expressions is the same for the rows of a window, and for no other. */
  private boolean told(Collection<? extends Expression> expressions, Map<Long, Part> below) {
    return expressions.stream()
        .anyMatch(expression -> parts.part(expression, below).filter(this::tells).isPresent());
  }

  /** Sessions with one start may end at several times. */
  private boolean tells(Part part) {
    return part == Part.WINDOW || part == Part.END || (part == Part.START && !parts.sessions());
  }

  private Optional<String> grouping(Aggregate aggregate) {
    List<Expression> grouping = Tree.list(aggregate.groupingExpressions());
    if (!told(grouping, parts.grouped(aggregate))) {
      return Optional.of(
          "it groups events of several windows: GROUP BY window(…) or session_window(…), or the"
              + " window's end");
    }
    boolean sessions =
        grouping.stream()
            .anyMatch(
                expression ->
                    parts
                        .part(expression, parts.of(aggregate.child()))
                        .filter(part -> part == Part.OWN_SESSION)
                        .isPresent());
    return sessions && readsOthers(aggregate.child())
        ? Optional.of(
            "events are joined before they are grouped into sessions, so that a later look-up could"
                + " move a session's bounds: join after session_window(…)")
        : Optional.empty();
  }

  private boolean readsOthers(LogicalPlan node) {
    return Tree.table(node).isPresent()
        ? !Tree.table(node).get().equals(of)
        : Tree.list(node.children()).stream().anyMatch(this::readsOthers);
  }

  private Optional<String> join(Join join) {
    boolean left = reads(join.left());
    boolean right = reads(join.right());
    if (left && right) {
      boolean same =
          Equality.of(join).stream()
              .anyMatch(
                  equality -> {
                    Optional<Part> one = parts.part(equality.left(), parts.of(join.left()));
                    return one.filter(this::tells).isPresent()
                        && one.equals(parts.part(equality.right(), parts.of(join.right())));
                  });
      return same && !join.joinType().equals(FullOuter$.MODULE$)
          ? Optional.empty()
          : Optional.of(
              "events of several windows are joined: join on the window, and not FULL OUTER");
    }
    boolean leftStays =
        join.joinType().equals(LeftOuter$.MODULE$)
            || LeftSemiOrAnti.unapply(join.joinType()).isDefined();
    boolean missing =
        join.joinType().equals(FullOuter$.MODULE$)
            || (leftStays && !left)
            || (join.joinType().equals(RightOuter$.MODULE$) && !right);
    return missing
        ? Optional.of(
            "an outer join gives rows of no window: keep the side of " + of + ", not the other")
        : Optional.empty();
  }
}
