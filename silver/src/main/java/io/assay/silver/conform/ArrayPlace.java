package io.assay.silver.conform;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Where the rows of bronze hold an array.
 *
 * @param column holds it, or a text with it; null throughout where the source has none
 * @param type of the column
 * @param inText the names that lead on from there
 */
record ArrayPlace(Column column, DataType type, List<String> inText) {
  private static final ArrayPlace NOWHERE =
      new ArrayPlace(
          functions.lit(null).cast(DataTypes.StringType), DataTypes.StringType, List.of());

  /**
   * Where a path leads to.
   *
   * @param first the column that its first name means; empty if there is none
   */
  static ArrayPlace of(StructType bronze, Optional<String> first, List<String> path) {
    if (first.isEmpty()) {
      return NOWHERE;
    }
    Column column = SourceView.quoted(first.get());
    DataType type = bronze.apply(first.get()).dataType();
    for (int i = 1; i < path.size(); i++) {
      if (type instanceof StringType) {
        return new ArrayPlace(column, type, path.subList(i, path.size()));
      }
      if (!(type instanceof StructType struct)) {
        return new ArrayPlace(column, type, path.subList(i, path.size()));
      }
      String name = path.get(i);
      Optional<StructField> field =
          Arrays.stream(struct.fields()).filter(f -> f.name().equalsIgnoreCase(name)).findFirst();
      if (field.isEmpty()) {
        return NOWHERE;
      }
      column = column.getField(field.get().name());
      type = field.get().dataType();
    }
    return new ArrayPlace(column, type, List.of());
  }
}
