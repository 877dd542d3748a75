package io.assay.quality.profile;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.assay.quality.profile.ColumnProfile.Bucket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Counts numbers in ranges of equal width, all columns in one scan. */
final class Buckets {
  private static final int COUNT = 10;

  private final Dataset<Row> rows;
  private final Ranges ranges;

  Buckets(Dataset<Row> rows, Ranges ranges) {
    this.rows = rows;
    this.ranges = ranges;
  }

  /** The buckets of columns by name; a column whose values are all the same has none. */
  Map<String, List<Bucket>> of(List<String> columns) {
    Map<String, double[]> bounds = new LinkedHashMap<>();
    for (String column : columns) {
      ranges
          .bounds(column)
          .filter(ends -> ends[1] > ends[0] && Double.isFinite(ends[1] - ends[0]))
          .ifPresent(ends -> bounds.put(column, ends));
    }
    if (bounds.isEmpty()) {
      return Map.of();
    }
    List<Column> places = new ArrayList<>();
    bounds.forEach((column, ends) -> places.add(place(column, ends)));
    Map<String, long[]> counts = new HashMap<>();
    rows.select(explode(array(places.toArray(Column[]::new))).as("place"))
        .where(col("place.bucket").isNotNull())
        .groupBy(col("place.name"), col("place.bucket"))
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(
            row ->
                counts.computeIfAbsent(row.getString(0), none -> new long[COUNT])[row.getInt(1)] =
                    row.getLong(2));
    Map<String, List<Bucket>> buckets = new HashMap<>();
    counts.forEach((column, found) -> buckets.put(column, buckets(bounds.get(column), found)));
    return buckets;
  }

  private Column place(String column, double[] ends) {
    Column value =
        Ranges.finite(col(column), rows.schema().apply(column).dataType())
            .cast(DataTypes.DoubleType);
    Column bucket =
        least(
            floor(value.minus(ends[0]).multiply(COUNT).divide(ends[1] - ends[0]))
                .cast(DataTypes.IntegerType),
            lit(COUNT - 1));
    // least() takes no notice of a null.
    return struct(
        lit(column).as("name"),
        org.apache.spark.sql.functions.when(value.isNotNull(), bucket).as("bucket"));
  }

  private static List<Bucket> buckets(double[] ends, long[] counts) {
    double width = (ends[1] - ends[0]) / COUNT;
    List<Bucket> buckets = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      double to = i == COUNT - 1 ? ends[1] : ends[0] + (i + 1) * width;
      buckets.add(new Bucket(ends[0] + i * width, to, counts[i]));
    }
    return buckets;
  }
}
