package io.assay.silver.comparison;

import static io.assay.batch.StagedRows.times;
import static io.assay.batch.StagedRows.total;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.assay.silver.comparison.Difference.Changes;
import io.assay.silver.history.Canonical;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Compares two sets of rows. Rows belong together that have the same identity; where several of one
 * side have it, the first of each side, then the second, and so on. Values are compared null-safe.
 */
public final class RowComparison {
  /** The row's key; struct. */
  public static final String KEY = "_key";

  /** The names of the columns that differ; array of strings, empty unless both sides are there. */
  public static final String COLUMNS = "_columns";

  /** The first side's values; struct, null if it has no such row. */
  public static final String BEFORE = "_before";

  /** The second side's values; struct, null if it has no such row. */
  public static final String AFTER = "_after";

  private static final String IDENTITY = "_identity";
  private static final String ROW = "_row";
  private static final String SECOND = "_second";
  private static final String ORDINAL = "_ordinal";

  private final List<String> key;
  private final List<String> identity;
  private final List<StructField> compared;

  /**
   * A comparison.
   *
   * @param key the columns that keys are counted by
   * @param identity the columns that tell a row from the others, the key's among them
   * @param compared the columns whose values are compared; both sides are cast to their types, and
   *     are null where a side lacks the column
   */
  public RowComparison(List<String> key, List<String> identity, StructType compared) {
    this.key = List.copyOf(key);
    this.identity = List.copyOf(identity);
    this.compared = Arrays.asList(compared.fields());
  }

  /** One row for each row that either side has, with both sides' values. */
  public Dataset<Row> pairs(Dataset<Row> before, Dataset<Row> after) {
    StructType types = after.schema();
    Dataset<Row> sides = side(before, types, false).unionByName(side(after, types, true));
    Dataset<Row> pairs =
        sides
            .withColumn(
                ORDINAL, row_number().over(Window.partitionBy(KEY, IDENTITY, SECOND).orderBy(ROW)))
            .groupBy(col(KEY), col(IDENTITY), col(ORDINAL))
            .agg(
                first(when(not(col(SECOND)), col(ROW)), true).as(BEFORE),
                first(when(col(SECOND), col(ROW)), true).as(AFTER));
    return pairs.withColumn(COLUMNS, differing());
  }

  /** The pairs whose sides are not the same. */
  public static Dataset<Row> unequal(Dataset<Row> pairs) {
    return pairs.where(added().or(removed()).or(changed()));
  }

  /** Whether a pair is not the first of its identity: one of the sides has it more than once. */
  public static Column isRepeat() {
    return col(ORDINAL).gt(1);
  }

  /** Counts {@link #pairs}. */
  public Difference difference(Dataset<Row> pairs) {
    List<Column> perKey = new ArrayList<>();
    perKey.add(times(added()).as("added"));
    perKey.add(times(removed()).as("removed"));
    perKey.add(times(changed()).as("changed"));
    perKey.add(count(col(BEFORE)).as("before"));
    perKey.add(count(col(AFTER)).as("after"));
    for (StructField field : compared) {
      perKey.add(times(differs(field)).as(counter(field)));
    }
    Column isOld = col("before").gt(0);
    Column isNew = col("after").gt(0);
    Column touched = col("added").plus(col("removed")).plus(col("changed")).gt(0);
    List<Column> totals = new ArrayList<>();
    for (String name : List.of("before", "after", "added", "removed", "changed")) {
      totals.add(total(col(name)).as(name));
    }
    totals.add(times(isNew.and(not(isOld))).as("keysAdded"));
    totals.add(times(isOld.and(not(isNew))).as("keysRemoved"));
    totals.add(times(isOld.and(isNew).and(touched)).as("keysChanged"));
    for (StructField field : compared) {
      totals.add(total(col("`" + counter(field) + "`")).as(counter(field)));
    }
    Row found =
        aggregated(pairs.groupBy(col(KEY)).agg(perKey.get(0), rest(perKey)), totals).first();
    return difference(found);
  }

  private Difference difference(Row found) {
    Map<String, Long> columns = new HashMap<>();
    for (StructField field : compared) {
      long rows = found.<Long>getAs(counter(field));
      if (rows > 0) {
        columns.put(field.name(), rows);
      }
    }
    return new Difference(
        found.getAs("before"),
        found.getAs("after"),
        new Changes(found.getAs("added"), found.getAs("removed"), found.getAs("changed")),
        new Changes(
            found.getAs("keysAdded"), found.getAs("keysRemoved"), found.getAs("keysChanged")),
        columns);
  }

  private static Dataset<Row> aggregated(Dataset<Row> rows, List<Column> totals) {
    return rows.agg(totals.get(0), rest(totals));
  }

  private static Column[] rest(List<Column> columns) {
    return columns.subList(1, columns.size()).toArray(Column[]::new);
  }

  private Dataset<Row> side(Dataset<Row> rows, StructType types, boolean second) {
    return rows.select(
        packed(rows, fields(key, types)).as(KEY),
        packed(rows, fields(identity, types)).as(IDENTITY),
        Canonical.values(packed(rows, compared), compared).as(ROW),
        lit(second).as(SECOND));
  }

  private static List<StructField> fields(List<String> names, StructType types) {
    return names.stream().map(types::apply).toList();
  }

  private static Column packed(Dataset<Row> rows, List<StructField> fields) {
    Set<String> present = Set.of(rows.columns());
    return struct(
        fields.stream()
            .map(
                field ->
                    (present.contains(field.name()) ? quoted(field.name()) : lit(null))
                        .cast(field.dataType())
                        .as(field.name()))
            .toArray(Column[]::new));
  }

  private Column differing() {
    Column[] names =
        compared.stream()
            .map(field -> when(differs(field), lit(field.name())))
            .toArray(Column[]::new);
    return filter(array(names), name -> name.isNotNull());
  }

  private static Column differs(StructField field) {
    Column old = col(BEFORE).getField(field.name());
    Column now = col(AFTER).getField(field.name());
    return both().and(not(old.eqNullSafe(now)));
  }

  private static Column both() {
    return col(BEFORE).isNotNull().and(col(AFTER).isNotNull());
  }

  private static Column added() {
    return col(BEFORE).isNull();
  }

  private static Column removed() {
    return col(AFTER).isNull();
  }

  private static Column changed() {
    return both().and(size(col(COLUMNS)).gt(0));
  }

  private static String counter(StructField field) {
    return "differs:" + field.name();
  }

  private static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
