package io.assay.bronze.jdbc;

import java.sql.Driver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;

/** PostgreSQL. */
record PostgresDialect() implements Dialect {

  @Override
  public Driver driver() {
    return new org.postgresql.Driver();
  }

  @Override
  public Map<String, String> properties(Duration patience) {
    return Map.of(
        "ApplicationName",
        "assay",
        "tcpKeepAlive",
        "true",
        "connectTimeout",
        Long.toString(Math.max(1, Math.min(30, patience.toSeconds()))));
  }

  @Override
  public List<String> session() {
    return List.of(
        "SET TIME ZONE 'UTC'", "SET datestyle = 'ISO, YMD'", "SET intervalstyle = 'iso_8601'");
  }

  @Override
  public String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public String text(String expression) {
    return "CAST(" + expression + " AS text)";
  }

  /** A number may be NaN, which the row that has it is told of when it is read. */
  @Override
  public Reading reading(String expression, TableColumn column) {
    return switch (column.type()) {
      case "int2", "int4", "int8", "oid", "smallserial", "serial", "bigserial" ->
          new Reading(expression, DataTypes.LongType);
      case "bool" -> new Reading(expression, DataTypes.BooleanType);
      case "float4" -> new Reading(expression, DataTypes.FloatType);
      case "float8" -> new Reading(expression, DataTypes.DoubleType);
      case "bytea" -> new Reading(expression, DataTypes.BinaryType);
      // A cast to text would strip the blanks that pad a char(n).
      case "text", "varchar", "bpchar", "name" -> new Reading(expression, DataTypes.StringType);
      case "numeric" ->
          column.fitsDecimal()
              ? new Reading(
                  expression, DataTypes.createDecimalType(column.precision(), column.scale()))
              : new Reading(text(expression), DataTypes.StringType);
      // Its text has the currency and the separators of the server's language.
      case "money" ->
          new Reading(text("CAST(" + expression + " AS numeric)"), DataTypes.StringType);
      default ->
          column.type().startsWith("_")
              ? new Reading(text("to_json(" + expression + ")"), DataTypes.StringType)
              : new Reading(text(expression), DataTypes.StringType);
    };
  }

  @Override
  public Optional<WatermarkType> watermark(TableColumn column) {
    return switch (column.type()) {
      case "timestamptz" ->
          Optional.of(new WatermarkType("timestamptz", WatermarkType.Kind.MOMENT));
      case "timestamp" ->
          Optional.of(new WatermarkType("timestamp", WatermarkType.Kind.LOCAL_TIME));
      case "date" -> Optional.of(new WatermarkType("date", WatermarkType.Kind.DATE));
      case "int2", "int4", "int8", "smallserial", "serial", "bigserial" ->
          Optional.of(new WatermarkType("int8", WatermarkType.Kind.NUMBER));
      case "numeric" -> Optional.of(new WatermarkType("numeric", WatermarkType.Kind.NUMERIC));
      default -> Optional.empty();
    };
  }

  @Override
  public String before(WatermarkType type, String value, Duration time) {
    return type.cast("%s - INTERVAL '%d microseconds'".formatted(value, Microseconds.of(time)));
  }

  @Override
  public String clock() {
    return "clock_timestamp()";
  }

  @Override
  public String hash(List<String> texts) {
    return "hashtextextended(concat_ws('|', " + String.join(", ", texts) + "), 0)";
  }

  @Override
  public String time() {
    return "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
  }
}
