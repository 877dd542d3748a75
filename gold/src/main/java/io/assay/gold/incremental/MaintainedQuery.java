package io.assay.gold.incremental;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.LeftSemi$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Some;

/**
 * A query whose result is kept: which keys of it a change of its tables may have touched, and its
 * rows of some keys alone.
 */
public final class MaintainedQuery {
  private final LogicalPlan analyzed;
  private final LogicalPlan plan;
  private final List<String> key;
  private final Tracks tracks = new Tracks();

  private MaintainedQuery(LogicalPlan analyzed, List<String> key) {
    this.analyzed = analyzed;
    this.plan = Tree.joined(analyzed);
    this.key = List.copyOf(key);
  }

  /**
   * A query that Spark has analysed, each table under its public name.
   *
   * @param key the columns of the result that name a row
   */
  public static MaintainedQuery of(LogicalPlan analyzed, List<String> key) {
    return new MaintainedQuery(analyzed, key);
  }

  /** Why it cannot be maintained from changes; empty if it can. */
  public List<String> obstacles() {
    List<String> obstacles = new ArrayList<>(Obstacles.of(plan, tracks, key));
    if (NestedMembership.isIn(analyzed)) {
      obstacles.add(
          "IN (SELECT …) stands inside NOT (…) or another expression; write it, or NOT EXISTS, by itself between ANDs and ORs");
    }
    return List.copyOf(obstacles);
  }

  /** The name of a column of {@link #affected}. */
  public static String keyColumn(int place) {
    return "k" + place;
  }

  /** The columns of each table that the query uses. */
  public Map<TableName, Set<String>> columns() {
    Set<Long> used = new TreeSet<>(Tree.ids(Tree.output(plan)));
    Map<TableName, Set<String>> columns = new TreeMap<>();
    use(plan, used);
    columns(plan, used, columns);
    return columns;
  }

  private static void use(LogicalPlan node, Set<Long> used) {
    if (Tree.table(node).isPresent()) {
      return;
    }
    used.addAll(Tree.references(Tree.list(node.expressions())));
    for (LogicalPlan child : Tree.list(node.children())) {
      if (Tree.comparesRows(node)) {
        used.addAll(Tree.ids(Tree.output(child)));
      }
      use(child, used);
    }
  }

  private static void columns(
      LogicalPlan node, Set<Long> used, Map<TableName, Set<String>> columns) {
    if (Tree.table(node).isPresent()) {
      Set<String> names = columns.computeIfAbsent(Tree.table(node).get(), table -> new TreeSet<>());
      Tree.output(node).stream()
          .filter(attribute -> used.contains(Tree.id(attribute)))
          .forEach(attribute -> names.add(attribute.name()));
    } else {
      Tree.list(node.children()).forEach(child -> columns(child, used, columns));
    }
  }

  /**
   * The keys whose rows may not be what they were before the changes; each once. There may be more
   * of them than have changed, and none less.
   *
   * @param changes of each table that changed: its rows before and after, as far as they differ,
   *     with at least the columns that the query uses
   * @return a column for each of the key's, named by {@link #keyColumn}, of the query's types
   */
  public Dataset<Row> affected(SparkSession spark, Map<TableName, Dataset<Row>> changes) {
    List<Attribute> attributes = keyAttributes();
    Column[] columns =
        IntStream.range(0, attributes.size())
            .mapToObj(
                place -> col(Skeleton.name(Tree.id(attributes.get(place)))).as(keyColumn(place)))
            .toArray(Column[]::new);
    return new Skeleton(spark, tracks, changes)
        .rows(plan, Tree.ids(attributes), Skeleton.Extent.CHANGED)
        .orElseGet(() -> none(spark, attributes))
        .select(columns)
        .distinct();
  }

  private static Dataset<Row> none(SparkSession spark, List<Attribute> attributes) {
    Column[] columns =
        attributes.stream()
            .map(
                attribute ->
                    lit(null).cast(attribute.dataType()).as(Skeleton.name(Tree.id(attribute))))
            .toArray(Column[]::new);
    return spark.range(0).select(columns);
  }

  private List<Attribute> keyAttributes() {
    return key.stream()
        .map(
            column ->
                Tree.output(plan).stream()
                    .filter(attribute -> attribute.name().equalsIgnoreCase(column))
                    .findFirst()
                    .orElseThrow())
        .toList();
  }

  /**
   * The query's rows of some keys.
   *
   * @param keys as {@link #affected} gives them; read several times
   * @param bounds of these keys
   */
  public Dataset<Row> restricted(SparkSession spark, Dataset<Row> keys, KeyBounds bounds) {
    List<Restriction.Match> matches = new ArrayList<>();
    for (Attribute attribute : keyAttributes()) {
      matches.add(new Restriction.Match(attribute, matches.size()));
    }
    Map<LogicalPlan, List<Restriction.Match>> below =
        new IdentityHashMap<>(Restriction.of(plan, matches));
    return Dataset.ofRows(spark, semiJoined(restricted(plan, below, keys, bounds), matches, keys));
  }

  private static LogicalPlan restricted(
      LogicalPlan node,
      Map<LogicalPlan, List<Restriction.Match>> matches,
      Dataset<Row> keys,
      KeyBounds bounds) {
    if (Tree.table(node).isPresent()) {
      List<Restriction.Match> wanted = matches.getOrDefault(node, List.of());
      return wanted.isEmpty() ? node : semiJoined(within(node, wanted, bounds), wanted, keys);
    }
    return Tree.mapChildren(node, child -> restricted(child, matches, keys, bounds));
  }

  /** Files that cannot hold a key need not be read. */
  private static LogicalPlan within(
      LogicalPlan table, List<Restriction.Match> matches, KeyBounds bounds) {
    return matches.stream()
        .filter(match -> match.expression() instanceof Attribute)
        .flatMap(
            match ->
                bounds
                    .of(match.key(), new Column(match.expression()), match.expression().dataType())
                    .stream())
        .map(Column::expr)
        .reduce(And::new)
        .<LogicalPlan>map(condition -> new Filter(condition, table))
        .orElse(table);
  }

  private static LogicalPlan semiJoined(
      LogicalPlan node, List<Restriction.Match> matches, Dataset<Row> keys) {
    // New names make new attributes, so that no two joins share one.
    Column[] columns =
        IntStream.range(0, matches.size())
            .mapToObj(place -> col(keyColumn(matches.get(place).key())).as("m" + place))
            .toArray(Column[]::new);
    LogicalPlan wanted = keys.select(columns).distinct().queryExecution().analyzed();
    List<Attribute> wantedColumns = Tree.output(wanted);
    List<Expression> same = new ArrayList<>();
    for (Restriction.Match match : matches) {
      same.add(new EqualNullSafe(match.expression(), wantedColumns.get(same.size())));
    }
    return new Join(
        node, wanted, LeftSemi$.MODULE$, new Some<>(Tree.conjunction(same)), JoinHint.NONE());
  }
}
