package io.assay.gold.publish;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/** Types of columns in PostgreSQL, and their values as its texts. */
final class PostgresTypes {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("boolean", "boolean"),
          Map.entry("tinyint", "smallint"),
          Map.entry("smallint", "smallint"),
          Map.entry("int", "integer"),
          Map.entry("bigint", "bigint"),
          Map.entry("float", "real"),
          Map.entry("double", "double precision"),
          Map.entry("date", "date"),
          Map.entry("timestamp", "timestamp with time zone"),
          Map.entry("timestamp_ntz", "timestamp without time zone"),
          Map.entry("binary", "bytea"));

  /** Columns that hold every value of another type, as it is. */
  private static final Map<String, String> WIDER =
      Map.of(
          "text", "character varying.*|character\\(.*|uuid",
          "smallint", "integer|bigint|numeric",
          "integer", "bigint|numeric",
          "bigint", "numeric",
          "real", "double precision");

  private PostgresTypes() {}

  /** The type of a column that is made for values of a type, as the server calls it. */
  static String of(DataType type) {
    if (type instanceof DecimalType decimal) {
      return "numeric(%d,%d)".formatted(decimal.precision(), decimal.scale());
    }
    return isNested(type) ? "jsonb" : NAMES.getOrDefault(type.simpleString(), "text");
  }

  /** Whether a column of a type that the server tells takes values of another. */
  static boolean fits(DataType type, String found) {
    String own = of(type);
    return own.equals(found)
        || own.startsWith("numeric(") && found.equals("numeric")
        || found.matches(WIDER.getOrDefault(own, own.replaceAll("[()]", ".")));
  }

  /** A value as its text; null for null. */
  static Column text(Column value, DataType type) {
    if (isNested(type)) {
      return JsonRows.nested(value);
    }
    return switch (type.simpleString()) {
      case "binary" -> concat(lit("\\x"), lower(hex(value)));
      // Sessions are in UTC.
      case "timestamp" -> concat(value.cast("string"), lit("+00"));
      default -> value.cast("string");
    };
  }

  private static boolean isNested(DataType type) {
    return switch (type.typeName()) {
      case "array", "struct", "map" -> true;
      default -> false;
    };
  }
}
