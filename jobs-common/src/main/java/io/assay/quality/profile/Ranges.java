package io.assay.quality.profile;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.when;

import io.assay.quality.profile.ColumnProfile.Lengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * How far the values of each column reach, in one scan. Numbers that are not finite are left out.
 */
final class Ranges {
  private static final String ROWS = "rows";
  private static final int ACCURACY = 1000;

  private final Row result;

  private Ranges(Row result) {
    this.result = result;
  }

  static Ranges of(Dataset<Row> rows) {
    List<Column> measures = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      add(measures, field.name(), field.dataType());
    }
    return new Ranges(
        rows.agg(count(lit(1)).as(ROWS), measures.toArray(Column[]::new)).collectAsList().get(0));
  }

  private static void add(List<Column> measures, String name, DataType type) {
    Column value = finite(col(name), type);
    measures.add(count(col(name)).as(name + "_present"));
    if (type instanceof StringType) {
      measures.add(min(length(value)).as(name + "_shortest"));
      measures.add(max(length(value)).as(name + "_longest"));
    } else if (ordered(type)) {
      measures.add(min(value).cast(DataTypes.StringType).as(name + "_min"));
      measures.add(max(value).cast(DataTypes.StringType).as(name + "_max"));
    }
    if (type instanceof NumericType) {
      Column shares = array(Profiler.QUANTILES.stream().map(functions::lit).toArray(Column[]::new));
      Column number = value.cast(DataTypes.DoubleType);
      measures.add(percentile_approx(number, shares, lit(ACCURACY)).as(name + "_quantiles"));
      measures.add(count(when(number.equalTo(0), lit(1))).as(name + "_zeros"));
      measures.add(min(number).as(name + "_low"));
      measures.add(max(number).as(name + "_high"));
    }
  }

  static Column finite(Column value, DataType type) {
    boolean floating = type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType);
    return floating
        ? when(
            functions
                .abs(value)
                .lt(Double.POSITIVE_INFINITY)
                .and(functions.not(functions.isnan(value))),
            value)
        : value;
  }

  private static boolean ordered(DataType type) {
    return type instanceof NumericType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  long rows() {
    return result.<Long>getAs(ROWS);
  }

  long present(String name) {
    return result.<Long>getAs(name + "_present");
  }

  long zeros(String name) {
    return result.<Long>getAs(name + "_zeros");
  }

  Optional<String> minimum(String name) {
    return this.<String>known(name + "_min");
  }

  Optional<String> maximum(String name) {
    return this.<String>known(name + "_max");
  }

  /** The least and the greatest number; empty if there is none. */
  Optional<double[]> bounds(String name) {
    Optional<Double> low = known(name + "_low");
    Optional<Double> high = known(name + "_high");
    return low.map(from -> new double[] {from, high.orElseThrow()});
  }

  Optional<Lengths> lengths(String name) {
    Optional<Integer> shortest = known(name + "_shortest");
    Optional<Integer> longest = known(name + "_longest");
    return shortest.map(least -> new Lengths(least, longest.orElseThrow()));
  }

  /** Empty for columns without numbers. */
  List<Double> quantiles(String name) {
    return known(name + "_quantiles").isEmpty()
        ? List.of()
        : result.getList(result.fieldIndex(name + "_quantiles"));
  }

  private <T> Optional<T> known(String measure) {
    return List.of(result.schema().fieldNames()).contains(measure)
        ? Optional.ofNullable(result.<T>getAs(measure))
        : Optional.empty();
  }
}
