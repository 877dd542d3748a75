package io.assay.gold.windows;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.assay.gold.incremental.Tree;
import io.assay.table.TableName;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.InternalRow$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** A query that gives rows for windows of one table's events, each made of one window alone. */
public final class WindowedQuery {
  private final LogicalPlan plan;
  private final WindowParts parts;
  private final Set<String> obstacles = new LinkedHashSet<>();
  private final Optional<WindowGrid> grid;

  private WindowedQuery(LogicalPlan plan, TableName of, String time) {
    this.plan = plan;
    this.parts = new WindowParts(of, time);
    Set<String> found = WindowObstacles.of(plan, of, parts);
    obstacles.addAll(parts.problems());
    if (obstacles.isEmpty()) {
      obstacles.addAll(found);
    }
    List<WindowGrid> grids = grids();
    this.grid = grids.stream().findFirst();
    boolean mixed = parts.sessions() && grid.isPresent();
    if (mixed || grids.stream().anyMatch(other -> !other.sameAs(grids.get(0)))) {
      obstacles.add("it has windows of several kinds or lengths: make a mart of each");
    }
  }

  /**
   * A query that Spark has analysed, each table under its public name.
   *
   * @param of the table whose rows are the events
   * @param time its column that says when an event happened
   */
  public static WindowedQuery of(LogicalPlan analyzed, TableName of, String time) {
    return new WindowedQuery(Tree.joined(analyzed), of, time);
  }

  /** Why its rows cannot be given window by window; empty if they can. */
  public List<String> obstacles() {
    return List.copyOf(obstacles);
  }

  /** The column that says when a row's window ends. */
  public String end() {
    return Tree.output(plan).stream()
        .filter(attribute -> parts.of(plan).get(Tree.id(attribute)) == Part.END)
        .findFirst()
        .orElseThrow()
        .name();
  }

  /** The regular windows that it groups by; empty if it groups by sessions. */
  public Optional<WindowGrid> grid() {
    return grid;
  }

  /**
   * Whether a row's window has ended, seen from a watermark: no event on time can belong to it.
   *
   * @param watermark empty where no event had come yet, so that no window has ended
   */
  public Column closed(Optional<Instant> watermark) {
    return watermark.map(this::endedAt).orElse(lit(false));
  }

  /** Whether it has not ended: all windows where no event had come yet. */
  public Column open(Optional<Instant> watermark) {
    return watermark.map(this::endedAt).map(functions::not).orElse(lit(true));
  }

  private Column endedAt(Instant watermark) {
    Column end = col("`" + end() + "`");
    // A session takes in an event at its very end.
    return grid.isPresent() ? end.leq(time(watermark)) : end.lt(time(watermark));
  }

  /**
   * The query's rows, of which some are to be chosen by the end of their window. Spark moves such a
   * condition below the grouping, which is right for windows of one length; but of a session it
   * would leave out events before it is known when the session ends.
   */
  public Dataset<Row> settled(Dataset<Row> rows) {
    return grid.isPresent() ? rows : behindSessions(rows);
  }

  /** No condition is moved below what is observed. */
  private static Dataset<Row> behindSessions(Dataset<Row> rows) {
    return rows.observe("sessions " + UUID.randomUUID(), count(lit(1)).as("rows"));
  }

  /** A watermark for events up to a time: no window that it closes can get another one. */
  public Instant watermark(Instant newest, Duration lateness) {
    Instant reached = newest.minus(lateness);
    return grid.map(windows -> windows.lastEnd(reached)).orElse(reached);
  }

  /**
   * The time before which no event belongs to an open window.
   *
   * @param spark in which the query is bound to events; asked only for sessions
   */
  public Instant lowMark(SparkSession spark, Instant watermark) {
    if (grid.isPresent()) {
      // A window that is open ends later, so it starts after this.
      return grid.get().length().equals(grid.get().slide())
          ? watermark
          : watermark.minus(grid.get().length());
    }
    Instant low = watermark;
    for (LogicalPlan sessions : sessions(plan)) {
      Row first =
          behindSessions(Dataset.ofRows(spark, sessions))
              .select(col("s.start").as("start"), col("s.end").as("end"))
              .where(col("end").geq(time(watermark)))
              .agg(min("start"))
              .first();
      if (!first.isNullAt(0)) {
        Instant start = first.<Timestamp>getAs(0).toInstant();
        low = start.isBefore(low) ? start : low;
      }
    }
    return low;
  }

  /** The bounds of all sessions, also of those that the query leaves out later. */
  private List<LogicalPlan> sessions(LogicalPlan node) {
    List<LogicalPlan> sessions = new ArrayList<>();
    if (node instanceof Aggregate aggregate) {
      Map<Long, Part> below = parts.of(aggregate.child());
      for (Expression expression : Tree.list(aggregate.groupingExpressions())) {
        if (expression instanceof Attribute own && below.get(Tree.id(own)) == Part.OWN_SESSION) {
          NamedExpression bounds = new Column(own).as("s").named();
          sessions.add(
              new Aggregate(
                  aggregate.groupingExpressions(), Tree.seq(List.of(bounds)), aggregate.child()));
        }
      }
    }
    Tree.list(node.children()).forEach(child -> sessions.addAll(sessions(child)));
    return sessions;
  }

  private List<WindowGrid> grids() {
    Map<String, List<InternalRow>> alike = new TreeMap<>();
    for (Expression window : parts.windows()) {
      InternalRow bounds = atEpoch(window);
      String key = Tree.references(window) + " " + (bounds.getLong(1) - bounds.getLong(0));
      alike.computeIfAbsent(key, other -> new ArrayList<>()).add(bounds);
    }
    return alike.values().stream().map(WindowedQuery::grid).toList();
  }

  /**
   * The grid of the windows that one time belongs to. Spark has replaced {@code window()} by the
   * arithmetic of its bounds, so these are computed for any time.
   */
  private static WindowGrid grid(List<InternalRow> bounds) {
    InternalRow one = bounds.get(0);
    long length = one.getLong(1) - one.getLong(0);
    long slide =
        bounds.stream()
            .mapToLong(other -> Math.abs(other.getLong(0) - one.getLong(0)))
            .filter(distance -> distance > 0)
            .min()
            .orElse(length);
    return new WindowGrid(
        micros(length), micros(slide), Instant.EPOCH.plus(micros(one.getLong(0))));
  }

  private static InternalRow atEpoch(Expression window) {
    Map<Long, Expression> time = new HashMap<>();
    Tree.references(window).forEach(id -> time.put(id, new Literal(0L, DataTypes.TimestampType)));
    return (InternalRow) Tree.substituted(window, time).eval(InternalRow$.MODULE$.empty());
  }

  private static Duration micros(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  private static Column time(Instant time) {
    return lit(time);
  }
}
