package io.assay.gold.incremental;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.assay.batch.StagedRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Between which values some keys lie. A join does not tell Delta which files to leave out; literals
 * do. Changes come together in time, and so, mostly, do the keys that they touch.
 */
public final class KeyBounds {
  /** Nothing is known. */
  public static final KeyBounds NONE = new KeyBounds(Map.of());

  private static final String LEAST = "least ";
  private static final String GREATEST = "greatest ";
  private static final String NULLS = "nulls ";

  private final Map<Integer, Range> ranges;

  /** Both ends are keys themselves. */
  private record Range(DataType type, Object least, Object greatest) {}

  private KeyBounds(Map<Integer, Range> ranges) {
    this.ranges = ranges;
  }

  /**
   * What must be measured of keys to know their bounds.
   *
   * @param keys columns as {@link MaintainedQuery#affected} names them
   */
  public static List<Column> measures(StructType keys) {
    List<Column> measures = new ArrayList<>();
    for (StructField key : keys.fields()) {
      if (bounded(key.dataType())) {
        measures.add(min(col(key.name())).as(LEAST + key.name()));
        measures.add(max(col(key.name())).as(GREATEST + key.name()));
        measures.add(StagedRows.times(col(key.name()).isNull()).as(NULLS + key.name()));
      }
    }
    return measures;
  }

  /** Numbers with NaN among them have no bounds, and others no order that files know. */
  private static boolean bounded(DataType type) {
    return type instanceof IntegralType
        || type instanceof DecimalType
        || type instanceof DateType
        || type.equals(DataTypes.TimestampType)
        || type instanceof StringType;
  }

  /**
   * The bounds that were measured. Of a column that is null in some key there are none.
   *
   * @param measured the {@link #measures} by name
   */
  public static KeyBounds of(StructType keys, Map<String, Object> measured) {
    Map<Integer, Range> ranges = new HashMap<>();
    for (int place = 0; place < keys.size(); place++) {
      StructField key = keys.fields()[place];
      Object least = measured.get(LEAST + key.name());
      if (least != null && measured.get(NULLS + key.name()).equals(0L)) {
        ranges.put(place, new Range(key.dataType(), least, measured.get(GREATEST + key.name())));
      }
    }
    return new KeyBounds(ranges);
  }

  /**
   * A condition that holds wherever a value is one of the keys'; empty if nothing is known.
   *
   * @param place the column's place in the key
   * @param type of the value
   */
  public Optional<Column> of(int place, Column value, DataType type) {
    return Optional.ofNullable(ranges.get(place))
        .filter(range -> range.type().equals(type))
        .map(range -> value.geq(lit(range.least())).and(value.leq(lit(range.greatest()))));
  }
}
