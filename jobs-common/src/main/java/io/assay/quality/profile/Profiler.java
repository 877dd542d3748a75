package io.assay.quality.profile;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.assay.quality.profile.ColumnProfile.Bucket;
import io.assay.quality.profile.ColumnProfile.Distinct;
import io.assay.quality.profile.ColumnProfile.Numbers;
import io.assay.quality.profile.ColumnProfile.ValueCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Profiles rows: Deequ's profiler and its suggestions, and beside it what Deequ does not tell
 * exactly: least and greatest values digit for digit, quantiles, whether a column is unique.
 *
 * <p>It reads the rows up to six times, so they had better be stored.
 */
public final class Profiler {
  /** Up to about how many different values of a column are counted one by one. */
  public static final int FEW = 120;

  /** The shares of values that lie below the quantiles that are told. */
  public static final List<Double> QUANTILES = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

  /** Uniqueness is proved of so many columns, from the first; a table has few keys. */
  private static final int CANDIDATES = 20;

  private final Dataset<Row> rows;
  private final List<StructField> fields;

  private Profiler(Dataset<Row> rows, List<StructField> fields) {
    this.rows = rows;
    this.fields = fields;
  }

  /** Profiles every column of the rows. */
  public static TableProfile of(Dataset<Row> rows) {
    List<StructField> fields = List.of(rows.schema().fields());
    List<Column> plain = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      plain.add(quoted(fields.get(i).name()).as(name(i)));
    }
    return new Profiler(rows.select(plain.toArray(Column[]::new)), fields).profile();
  }

  private TableProfile profile() {
    Ranges ranges = Ranges.of(rows);
    if (ranges.rows() == 0 || fields.isEmpty()) {
      return new TableProfile(ranges.rows(), fields.stream().map(Profiler::withoutValues).toList());
    }
    DeequProfiles deequ = new DeequProfiles(forDeequ(), FEW);
    Map<String, List<Bucket>> buckets = new Buckets(rows, ranges).of(tooMany(deequ));
    List<List<Suggestion>> suggestions = proved(deequ);
    List<ColumnProfile> columns = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      List<Bucket> own = buckets.getOrDefault(name(i), List.of());
      columns.add(column(i, ranges, deequ, own, suggestions.get(i)));
    }
    return new TableProfile(ranges.rows(), columns);
  }

  /** Deequ's suggestions for each column; that one is unique is kept only where it is true. */
  private List<List<Suggestion>> proved(DeequProfiles deequ) {
    List<List<Suggestion>> suggestions = new ArrayList<>();
    List<Integer> likely = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      suggestions.add(deequ.suggestions(name(i)));
      if (suggestions.get(i).removeIf(Suggestion.Unique.class::isInstance)
          && likely.size() < CANDIDATES) {
        likely.add(i);
      }
    }
    unique(likely).forEach(i -> suggestions.get(i).add(new Suggestion.Unique()));
    return suggestions;
  }

  private ColumnProfile column(
      int index,
      Ranges ranges,
      DeequProfiles deequ,
      List<Bucket> buckets,
      List<Suggestion> suggestions) {
    StructField field = fields.get(index);
    String name = name(index);
    Optional<List<ValueCount>> counted = deequ.values(name);
    boolean unique = suggestions.stream().anyMatch(Suggestion.Unique.class::isInstance);
    Distinct distinct =
        unique
            ? new Distinct(ranges.present(name), true)
            : counted
                .map(values -> new Distinct(values.size(), true))
                .orElseGet(() -> new Distinct(deequ.distinct(name), false));
    return new ColumnProfile(
        field.name(),
        field.dataType(),
        ranges.present(name),
        distinct,
        ranges.minimum(name),
        ranges.maximum(name),
        ranges.lengths(name),
        numbers(name, ranges, deequ),
        counted.orElse(List.of()),
        buckets,
        suggestions);
  }

  private static Optional<Numbers> numbers(String name, Ranges ranges, DeequProfiles deequ) {
    List<Double> quantiles = ranges.quantiles(name);
    double mean = deequ.mean(name).orElse(Double.NaN);
    double deviation = deequ.deviation(name).orElse(Double.NaN);
    return quantiles.isEmpty() || !Double.isFinite(mean) || !Double.isFinite(deviation)
        ? Optional.empty()
        : Optional.of(new Numbers(mean, deviation, ranges.zeros(name), quantiles));
  }

  /** Numeric columns whose values are not counted one by one. */
  private List<String> tooMany(DeequProfiles deequ) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).dataType() instanceof NumericType && deequ.values(name(i)).isEmpty()) {
        names.add(name(i));
      }
    }
    return names;
  }

  /** Which of the columns have no value twice and none missing; all of them in one job. */
  private Set<Integer> unique(List<Integer> columns) {
    if (columns.isEmpty()) {
      return Set.of();
    }
    Column[] values =
        columns.stream()
            .map(
                i ->
                    struct(
                        lit(i).as("column"),
                        text(col(name(i)), fields.get(i).dataType()).as("value")))
            .toArray(Column[]::new);
    Set<Integer> unique = new TreeSet<>(columns);
    rows.select(explode(array(values)).as("each"))
        .groupBy(col("each.column"), col("each.value"))
        .agg(count(lit(1)).as("n"))
        .where(col("n").gt(1).or(col("value").isNull()))
        .select("column")
        .distinct()
        .collectAsList()
        .forEach(row -> unique.remove(row.getInt(0)));
    return unique;
  }

  private Dataset<Row> forDeequ() {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      columns.add(forDeequ(col(name(i)), fields.get(i).dataType()).as(name(i)));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Column forDeequ(Column column, DataType type) {
    if (type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType) {
      return column.cast(DataTypes.LongType);
    }
    if (type instanceof NumericType) {
      return column.cast(DataTypes.DoubleType);
    }
    return type instanceof BooleanType ? column : text(column, type);
  }

  /** Equal values and no others have equal texts. */
  private static Column text(Column column, DataType type) {
    if (type instanceof StructType || type instanceof ArrayType || type instanceof MapType) {
      return to_json(column);
    }
    return type instanceof BinaryType ? base64(column) : column.cast(DataTypes.StringType);
  }

  private static ColumnProfile withoutValues(StructField field) {
    return new ColumnProfile(
        field.name(),
        field.dataType(),
        0,
        new Distinct(0, true),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  private static String name(int index) {
    return "c" + index;
  }

  private static Column quoted(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }
}
