package io.assay.bronze.jdbc;

import java.sql.Driver;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataTypes;

/** MariaDB and MySQL. */
record MariaDialect() implements Dialect {
  private static final Set<String> SHAPES =
      Set.of(
          "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection");

  @Override
  public Driver driver() {
    return new org.mariadb.jdbc.Driver();
  }

  /** A tinyint(1) holds more than two values, and a year is no date. */
  @Override
  public Map<String, String> properties(Duration patience) {
    return Map.of(
        "tinyInt1isBit",
        "false",
        "yearIsDateType",
        "false",
        "tcpKeepAlive",
        "true",
        "connectTimeout",
        Long.toString(Math.max(1000, Math.min(30_000, patience.toMillis()))));
  }

  @Override
  public List<String> session() {
    return List.of("SET time_zone = '+00:00'", "SET NAMES utf8mb4");
  }

  @Override
  public String quoted(String name) {
    return '`' + name.replace("`", "``") + '`';
  }

  @Override
  public String text(String expression) {
    return "CAST(" + expression + " AS CHAR)";
  }

  @Override
  public Reading reading(String expression, TableColumn column) {
    if (SHAPES.contains(column.type())) {
      return new Reading("ST_AsText(" + expression + ")", DataTypes.StringType);
    } else if (column.type().equals("bit")) {
      return new Reading(text("CAST(" + expression + " AS UNSIGNED)"), DataTypes.StringType);
    }
    return switch (column.jdbcType()) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER ->
          column.type().startsWith("year")
              ? new Reading(text(expression), DataTypes.StringType)
              : new Reading(expression, DataTypes.LongType);
      case Types.BIGINT ->
          new Reading(
              expression,
              column.type().equals("bigint unsigned")
                  ? DataTypes.createDecimalType(20, 0)
                  : DataTypes.LongType);
      case Types.DECIMAL, Types.NUMERIC ->
          column.fitsDecimal()
              ? new Reading(
                  expression, DataTypes.createDecimalType(column.precision(), column.scale()))
              : new Reading(text(expression), DataTypes.StringType);
      case Types.REAL, Types.FLOAT -> new Reading(expression, DataTypes.FloatType);
      case Types.DOUBLE -> new Reading(expression, DataTypes.DoubleType);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
          new Reading(expression, DataTypes.BinaryType);
      case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR ->
          new Reading(expression, DataTypes.StringType);
      // The session is in UTC; a text that did not say so would pass for a time without a zone.
      case Types.TIMESTAMP ->
          column.type().startsWith("timestamp")
              ? new Reading("CONCAT(" + text(expression) + ", '+00')", DataTypes.StringType)
              : new Reading(text(expression), DataTypes.StringType);
      default -> new Reading(text(expression), DataTypes.StringType);
    };
  }

  @Override
  public Optional<WatermarkType> watermark(TableColumn column) {
    return switch (column.jdbcType()) {
      case Types.TIMESTAMP ->
          Optional.of(
              new WatermarkType(
                  "DATETIME(6)",
                  column.type().startsWith("timestamp")
                      ? WatermarkType.Kind.MOMENT
                      : WatermarkType.Kind.LOCAL_TIME));
      case Types.DATE -> Optional.of(new WatermarkType("DATE", WatermarkType.Kind.DATE));
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
          Optional.of(new WatermarkType("DECIMAL(20, 0)", WatermarkType.Kind.NUMBER));
      case Types.DECIMAL, Types.NUMERIC ->
          Optional.of(
              new WatermarkType(
                  "DECIMAL(%d, %d)".formatted(column.precision(), column.scale()),
                  WatermarkType.Kind.NUMBER));
      default -> Optional.empty();
    };
  }

  @Override
  public String before(WatermarkType type, String value, Duration time) {
    return type.cast("%s - INTERVAL %d MICROSECOND".formatted(value, Microseconds.of(time)));
  }

  @Override
  public String clock() {
    return "UTC_TIMESTAMP(6)";
  }

  @Override
  public String hash(List<String> texts) {
    return "CRC32(CONCAT_WS('|', " + String.join(", ", texts) + "))";
  }

  @Override
  public String time() {
    return "SELECT DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ')";
  }
}
