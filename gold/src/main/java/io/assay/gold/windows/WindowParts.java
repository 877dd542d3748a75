package io.assay.gold.windows;

import io.assay.gold.incremental.Tree;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.PreciseTimestampConversion;
import org.apache.spark.sql.catalyst.expressions.SessionWindow$;
import org.apache.spark.sql.catalyst.expressions.TimeAdd;
import org.apache.spark.sql.catalyst.expressions.TimeWindow$;
import org.apache.spark.sql.catalyst.plans.FullOuter$;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.RightOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;

/** What the attributes of each node of a query tell of the windows of one table's events. */
final class WindowParts {
  private final TableName of;
  private final String time;
  private final Map<LogicalPlan, Map<Long, Part>> known = new IdentityHashMap<>();
  private final List<Expression> windows = new ArrayList<>();
  private final Set<String> problems = new LinkedHashSet<>();
  private boolean sessions;

  WindowParts(TableName of, String time) {
    this.of = of;
    this.time = time;
  }

  Map<Long, Part> of(LogicalPlan node) {
    Map<Long, Part> parts = known.get(node);
    if (parts == null) {
      parts = parts(node);
      known.put(node, parts);
    }
    return parts;
  }

  /** What makes a row's window of its time, for each place where the query does; of no session. */
  List<Expression> windows() {
    return windows;
  }

  /** Whether the query groups by sessions. */
  boolean sessions() {
    return sessions;
  }

  /** Windows that are not made of the table's time alone. */
  Set<String> problems() {
    return problems;
  }

  /** The parts of what is grouped: events with the same session's bounds are one session now. */
  Map<Long, Part> grouped(Aggregate aggregate) {
    Map<Long, Part> below = new HashMap<>(of(aggregate.child()));
    for (Expression expression : Tree.list(aggregate.groupingExpressions())) {
      if (expression instanceof Attribute attribute
          && below.get(Tree.id(attribute)) == Part.OWN_SESSION) {
        below.put(Tree.id(attribute), Part.WINDOW);
      }
    }
    return below;
  }

  private Map<Long, Part> parts(LogicalPlan node) {
    Optional<TableName> table = Tree.table(node);
    if (table.isPresent()) {
      return table.get().equals(of) ? time(node) : Map.of();
    }
    if (node instanceof Project project) {
      return computed(Tree.list(project.projectList()), of(project.child()));
    }
    if (node instanceof Aggregate aggregate) {
      return computed(Tree.list(aggregate.aggregateExpressions()), grouped(aggregate));
    }
    if (node instanceof Expand expand) {
      return expanded(expand);
    }
    if (node instanceof Join join) {
      return joined(join);
    }
    if (node instanceof Union union) {
      return inEveryChild(union);
    }
    Map<Long, Part> below = new HashMap<>();
    if (node.children().size() == 1) {
      below.putAll(of(Tree.list(node.children()).get(0)));
      below.keySet().retainAll(Tree.ids(Tree.output(node)));
    }
    return below;
  }

  private Map<Long, Part> time(LogicalPlan table) {
    Map<Long, Part> parts = new HashMap<>();
    for (Attribute attribute : Tree.output(table)) {
      if (attribute.name().equalsIgnoreCase(time)
          && attribute.dataType().equals(DataTypes.TimestampType)) {
        parts.put(Tree.id(attribute), Part.TIME);
      }
    }
    return parts;
  }

  private Map<Long, Part> computed(List<NamedExpression> list, Map<Long, Part> below) {
    Map<Long, Part> parts = new HashMap<>();
    for (NamedExpression named : list) {
      part(Tree.computed(named), named.metadata(), below)
          .ifPresent(part -> parts.put(Tree.id(named), part));
    }
    return parts;
  }

  private Map<Long, Part> expanded(Expand expand) {
    Map<Long, Part> below = of(expand.child());
    Map<Long, Part> parts = new HashMap<>();
    for (int i = 0; i < expand.output().size(); i++) {
      int place = i;
      Attribute attribute = Tree.output(expand).get(place);
      List<Optional<Part>> found =
          Tree.list(expand.projections()).stream()
              .map(row -> Tree.list(row).get(place))
              .map(expression -> part(expression, attribute.metadata(), below))
              .distinct()
              .toList();
      if (found.size() == 1) {
        found.get(0).ifPresent(part -> parts.put(Tree.id(attribute), part));
      }
    }
    return parts;
  }

  /** A side of which rows may be missing tells nothing. */
  private Map<Long, Part> joined(Join join) {
    Map<Long, Part> parts = new HashMap<>();
    boolean full = join.joinType().equals(FullOuter$.MODULE$);
    if (!full && !join.joinType().equals(RightOuter$.MODULE$)) {
      parts.putAll(of(join.left()));
    }
    if (!full && !join.joinType().equals(LeftOuter$.MODULE$)) {
      parts.putAll(of(join.right()));
    }
    parts.keySet().retainAll(Tree.ids(Tree.output(join)));
    return parts;
  }

  private Map<Long, Part> inEveryChild(Union union) {
    Map<Long, Part> parts = new HashMap<>();
    for (int i = 0; i < union.output().size(); i++) {
      int place = i;
      List<Optional<Part>> found =
          Tree.list(union.children()).stream()
              .map(
                  child ->
                      Optional.ofNullable(of(child).get(Tree.id(Tree.output(child).get(place)))))
              .distinct()
              .toList();
      if (found.size() == 1) {
        found.get(0).ifPresent(part -> parts.put(Tree.id(Tree.output(union).get(place)), part));
      }
    }
    return parts;
  }

  /** What an expression tells, over a row of which some parts are known. */
  Optional<Part> part(Expression expression, Map<Long, Part> below) {
    return part(expression, Metadata.empty(), below);
  }

  private Optional<Part> part(Expression expression, Metadata metadata, Map<Long, Part> below) {
    if (expression instanceof Attribute attribute) {
      return Optional.ofNullable(below.get(Tree.id(attribute)));
    }
    if (expression instanceof GetStructField field) {
      boolean ofWindow = part(field.child(), below).filter(part -> part == Part.WINDOW).isPresent();
      return ofWindow
          ? Optional.of(field.extractFieldName().equals("end") ? Part.END : Part.START)
          : Optional.empty();
    }
    boolean session = metadata.contains(SessionWindow$.MODULE$.marker());
    boolean made = session || metadata.contains(TimeWindow$.MODULE$.marker());
    return made && !expression.foldable() ? window(expression, session, below) : Optional.empty();
  }

  private Optional<Part> window(Expression expression, boolean session, Map<Long, Part> below) {
    if (!isOfTime(expression, session, below)) {
      problems.add(
          session
              ? "session_window() is made of %s of %s as it is, and a gap that is the same for all events"
                  .formatted(time, of)
              : "window() is made of %s of %s as it is, and of nothing else: where windows are to begin at another time of the day, say so by its fourth argument, startTime; for days of a time zone, count hours, and sum them up in a mart over this one"
                  .formatted(time, of));
      return Optional.empty();
    }
    if (session) {
      sessions = true;
      return Optional.of(Part.OWN_SESSION);
    }
    windows.add(expression);
    return Optional.of(Part.WINDOW);
  }

  /**
   * Whether a window's bounds follow from the time of the event alone. Spark computes them from a
   * number that it makes of the windowed time; were that computed from the event's time, say in
   * another time zone, the windows would be of other times than those that events are chosen by. A
   * session ends a gap after that time.
   */
  private static boolean isOfTime(Expression bounds, boolean session, Map<Long, Part> below) {
    if (bounds instanceof PreciseTimestampConversion number
        && number.toType().equals(DataTypes.LongType)) {
      Expression windowed = unchanged(number.child());
      return isTime(windowed, below)
          || (session
              && windowed instanceof TimeAdd end
              && isTime(unchanged(end.start()), below)
              && Tree.references(end.interval()).isEmpty());
    }
    return !(bounds instanceof Attribute)
        && Tree.list(bounds.children()).stream().allMatch(child -> isOfTime(child, session, below));
  }

  private static boolean isTime(Expression expression, Map<Long, Part> below) {
    return expression instanceof Attribute attribute && below.get(Tree.id(attribute)) == Part.TIME;
  }

  /** The expression below casts to the type that it has. */
  private static Expression unchanged(Expression expression) {
    return expression instanceof Cast cast && cast.dataType().equals(cast.child().dataType())
        ? unchanged(cast.child())
        : expression;
  }
}
