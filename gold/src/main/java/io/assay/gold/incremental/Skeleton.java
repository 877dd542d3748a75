package io.assay.gold.incremental;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * What is left of a query if it is only asked which rows may have changed: joins and the columns
 * that are tracked, without sums, HAVING, windows or conditions on them.
 *
 * <p>Of each node it makes two sets of rows, which agree with the node's in the tracked attributes
 * that are needed. {@link Extent#CHANGED}: for every row that the node gives now and did not give
 * before, or the other way round, there is one. {@link Extent#ALL}: for every row that it gives now
 * or gave before. Both may hold more.
 */
final class Skeleton {
  /** Which of a node's rows. */
  enum Extent {
    CHANGED,
    ALL
  }

  private final SparkSession spark;
  private final Tracks tracks;
  private final Map<TableName, Dataset<Row>> changes;
  private final Joined joined = new Joined(this);

  /**
   * @param changes of each table that changed: its rows before and after, as far as they differ
   */
  Skeleton(SparkSession spark, Tracks tracks, Map<TableName, Dataset<Row>> changes) {
    this.spark = spark;
    this.tracks = tracks;
    this.changes = changes;
  }

  /**
   * The rows of a node; empty where none can have changed.
   *
   * @param needed tracked attributes of the node
   * @return a column for each, named by {@link #name}
   */
  Optional<Dataset<Row>> rows(LogicalPlan node, Set<Long> needed, Extent extent) {
    if (Tree.table(node).isPresent()) {
      return table(node, needed, extent);
    }
    if (node.children().isEmpty()) {
      return extent == Extent.ALL ? Optional.of(stored(node, needed)) : Optional.empty();
    }
    if (node instanceof Project project) {
      return defined(
          project.child(), needed, extent, Tree.definitions(Tree.list(project.projectList())));
    }
    if (node instanceof Aggregate aggregate) {
      return defined(
          aggregate.child(),
          needed,
          extent,
          Tree.definitions(Tree.list(aggregate.aggregateExpressions())));
    }
    if (node instanceof Filter filter) {
      return filtered(filter, needed, extent);
    }
    if (node instanceof Union || node instanceof Except || node instanceof Intersect) {
      return together(
          Tree.list(node.children()).stream()
              .map(child -> defined(child, needed, extent, Tree.places(node, child)))
              .toList());
    }
    if (node instanceof Join join) {
      return joined.rows(join, needed, extent);
    }
    if (node instanceof Window window && extent == Extent.CHANGED) {
      return partitions(window, needed);
    }
    return rows(Tree.list(node.children()).get(0), needed, extent);
  }

  private Optional<Dataset<Row>> table(LogicalPlan node, Set<Long> needed, Extent extent) {
    Optional<Dataset<Row>> changed =
        Tree.table(node)
            .flatMap(table -> Optional.ofNullable(changes.get(table)))
            .map(rows -> rows.select(columns(node, needed, Skeleton::stored)));
    return extent == Extent.CHANGED
        ? changed
        : together(List.of(Optional.of(stored(node, needed)), changed));
  }

  private static Column stored(Attribute attribute) {
    return col("`" + attribute.name().replace("`", "``") + "`").cast(attribute.dataType());
  }

  private Dataset<Row> stored(LogicalPlan node, Set<Long> needed) {
    return Dataset.ofRows(spark, node).select(columns(node, needed, Skeleton::stored));
  }

  private static Column[] columns(
      LogicalPlan node, Set<Long> needed, Function<Attribute, Column> column) {
    return Tree.output(node).stream()
        .filter(attribute -> needed.contains(Tree.id(attribute)))
        .sorted(Comparator.comparingLong(Tree::id))
        .map(attribute -> column.apply(attribute).as(name(Tree.id(attribute))))
        .toArray(Column[]::new);
  }

  /** What is needed of a node that computes it from its child, each by an expression. */
  private Optional<Dataset<Row>> defined(
      LogicalPlan child, Set<Long> needed, Extent extent, Map<Long, Expression> definitions) {
    List<Expression> wanted = needed.stream().map(definitions::get).toList();
    Column[] columns =
        needed.stream().map(id -> column(definitions.get(id)).as(name(id))).toArray(Column[]::new);
    return rows(child, Tree.references(wanted), extent).map(rows -> rows.select(columns));
  }

  /** A condition on something that is not tracked is left out. */
  private Optional<Dataset<Row>> filtered(Filter filter, Set<Long> needed, Extent extent) {
    List<Expression> kept =
        Tree.conjuncts(filter.condition()).stream()
            .filter(conjunct -> tracks.computable(conjunct, filter))
            .toList();
    if (kept.isEmpty()) {
      return rows(filter.child(), needed, extent);
    }
    return rows(filter.child(), Tree.union(needed, Tree.references(kept)), extent)
        .map(rows -> rows.where(column(Tree.conjunction(kept))).select(columns(needed)));
  }

  /**
   * One changed row may change what a window gives to every row of its partition. Where the
   * partition is all that is needed, the changed rows tell it themselves.
   */
  private Optional<Dataset<Row>> partitions(Window window, Set<Long> needed) {
    List<Expression> partition = Tree.list(window.partitionSpec());
    Set<Long> references = Tree.references(partition);
    Set<Long> plain =
        Tree.ids(
            partition.stream()
                .filter(Attribute.class::isInstance)
                .map(Attribute.class::cast)
                .toList());
    if (plain.containsAll(needed)) {
      return rows(window.child(), needed, Extent.CHANGED);
    }
    return rows(window.child(), references, Extent.CHANGED)
        .map(changed -> wholePartitions(window, partition, changed, Tree.union(needed, references)))
        .map(rows -> rows.select(columns(needed)));
  }

  private Dataset<Row> wholePartitions(
      Window window, List<Expression> partition, Dataset<Row> changed, Set<Long> needed) {
    Column[] values = new Column[partition.size()];
    Column same = lit(true);
    for (int i = 0; i < values.length; i++) {
      values[i] = column(partition.get(i)).as("p" + i);
      same = same.and(column(partition.get(i)).eqNullSafe(col("p" + i)));
    }
    return rows(window.child(), needed, Extent.ALL)
        .orElseThrow()
        .join(changed.select(values).distinct(), same, "left_semi");
  }

  static Optional<Dataset<Row>> together(List<Optional<Dataset<Row>>> parts) {
    List<Dataset<Row>> there = new ArrayList<>();
    parts.forEach(part -> part.ifPresent(there::add));
    return there.stream().reduce(Dataset::union);
  }

  Tracks tracks() {
    return tracks;
  }

  /** The column of an attribute. */
  static String name(long attribute) {
    return "a" + attribute;
  }

  /** The columns of attributes, in the order of their numbers. */
  static Column[] columns(Set<Long> attributes) {
    return attributes.stream().sorted().map(id -> col(name(id))).toArray(Column[]::new);
  }

  /** An expression over a node's attributes, as one over the rows of its skeleton. */
  static Column column(Expression expression) {
    return new Column(named(expression));
  }

  private static Expression named(Expression expression) {
    return expression instanceof Attribute attribute
        ? new UnresolvedAttribute(Tree.seq(List.of(name(Tree.id(attribute)))))
        : Tree.mapChildren(expression, Skeleton::named);
  }
}
