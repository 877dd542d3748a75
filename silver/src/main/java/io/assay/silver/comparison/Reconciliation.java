package io.assay.silver.comparison;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.assay.contract.ContractColumn;
import io.assay.silver.conform.CleanConfiguration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/**
 * Compares the current rows of a table that is fed by changes with a snapshot of the same rows at
 * the source. It reads, and writes nothing.
 */
public final class Reconciliation {
  private final CleanConfiguration configuration;
  private final List<String> key;

  /**
   * A comparison for one dataset.
   *
   * @param configuration of a dataset whose rows have a key
   */
  public Reconciliation(CleanConfiguration configuration) {
    this.configuration = configuration;
    this.key = configuration.contract().key().stream().map(ContractColumn::name).toList();
  }

  /**
   * Compares.
   *
   * @param current the table's current rows
   * @param samples how many unequal keys to tell
   */
  public Result compare(Dataset<Row> current, SnapshotRows snapshot, int samples) {
    StructType compared = new StructType();
    List<String> left = new ArrayList<>();
    for (ContractColumn column : configuration.contract().columns()) {
      if (key.contains(column.name())) {
        continue;
      }
      if (snapshot.columns().contains(column.name())) {
        compared = compared.add(column.name(), column.type().asNullable());
      } else {
        left.add(column.name());
      }
    }
    RowComparison comparison = new RowComparison(key, key, compared);
    // What the snapshot says of an unreadable row is unknown, so nothing is said about its key.
    Dataset<Row> known =
        current.join(
            snapshot.unreadable().select(columns()),
            JavaConverters.asScalaBuffer(key).toSeq(),
            "left_anti");
    Dataset<Row> pairs = comparison.pairs(known, snapshot.readable());
    return new Result(
        comparison.difference(pairs),
        snapshot.unreadable().count(),
        left,
        samples(RowComparison.unequal(pairs), samples));
  }

  private Column[] columns() {
    return key.stream().map(name -> col("`" + name + "`")).toArray(Column[]::new);
  }

  private static List<Sample> samples(Dataset<Row> unequal, int most) {
    return unequal
        .withColumn(
            "_kind",
            when(col(RowComparison.BEFORE).isNull().and(RowComparison.isRepeat()), lit("repeated"))
                .when(col(RowComparison.BEFORE).isNull(), lit("missing"))
                .when(col(RowComparison.AFTER).isNull(), lit("surplus"))
                .otherwise(lit("different")))
        .orderBy(RowComparison.KEY)
        .limit(most)
        .select(RowComparison.KEY, "_kind", RowComparison.COLUMNS)
        .collectAsList()
        .stream()
        .map(row -> new Sample(row.getStruct(0), row.getString(1), row.getList(2)))
        .toList();
  }

  /**
   * What a comparison found. In the difference, before is the table and after the snapshot: so what
   * is added is missing in the table, and what is removed is surplus there.
   *
   * @param unreadable rows of the snapshot without a key, or with a value that its column's type
   *     does not take; their keys are left out
   * @param notCompared columns of the contract that the snapshot does not have
   * @param samples unequal keys, the least first
   */
  public record Result(
      Difference difference, long unreadable, List<String> notCompared, List<Sample> samples) {
    /** Whether every row is the same on both sides. */
    public boolean holds() {
      return difference.isNone() && unreadable == 0;
    }
  }

  /**
   * An unequal key.
   *
   * @param key the key's columns
   * @param kind {@code missing} in the table, {@code surplus} there, {@code different}, or {@code
   *     repeated}: the snapshot has the key once more
   * @param columns that differ; none unless it is different
   */
  public record Sample(Row key, String kind, List<String> columns) {}
}
