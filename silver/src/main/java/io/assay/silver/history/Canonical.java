package io.assay.silver.history;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** One form for equal values, so that content can be compared and hashed. */
public final class Canonical {
  /** The default formats drop microseconds and depend on the session's zone. */
  private static final Map<String, String> EXACT =
      Map.of(
          "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
          "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS",
          "dateFormat", "yyyy-MM-dd",
          "timeZone", "UTC",
          "ignoreNullFields", "true");

  private Canonical() {}

  /** JSON of the fields that are not null, by name; never null. */
  static Column json(Column parent, List<StructField> fields) {
    return to_json(
        values(parent, fields.stream().sorted(Comparator.comparing(StructField::name)).toList()),
        EXACT);
  }

  /** The fields as one struct that {@code <=>} compares by content, maps included. */
  public static Column values(Column parent, List<StructField> fields) {
    // A struct needs a field; the constant is left out of JSON, and equals itself.
    return fields.isEmpty()
        ? struct(lit(null).cast(DataTypes.BooleanType).as("nothing"))
        : struct(
            fields.stream()
                .map(
                    field ->
                        value(parent.getField(field.name()), field.dataType()).as(field.name()))
                .toArray(Column[]::new));
  }

  /** The value with −0.0 as 0.0 and maps as entries in order; other values as they are. */
  private static Column value(Column value, DataType type) {
    if (type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType)) {
      return when(value.equalTo(lit(0)), lit(0).cast(type)).otherwise(value);
    }
    if (type instanceof MapType map) {
      return array_sort(
          transform(
              map_entries(value),
              entry ->
                  struct(
                      value(entry.getField("key"), map.keyType()).as("key"),
                      value(entry.getField("value"), map.valueType()).as("value"))));
    }
    if (type instanceof ArrayType array && varies(array.elementType())) {
      return transform(value, element -> value(element, array.elementType()));
    }
    if (type instanceof StructType fields && varies(fields)) {
      return when(value.isNotNull(), values(value, Arrays.asList(fields.fields())));
    }
    return value;
  }

  /** Whether equal values of the type can be written in more than one way. */
  private static boolean varies(DataType type) {
    if (type instanceof ArrayType array) {
      return varies(array.elementType());
    }
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).anyMatch(field -> varies(field.dataType()));
    }
    return type instanceof MapType
        || type.equals(DataTypes.DoubleType)
        || type.equals(DataTypes.FloatType);
  }
}
