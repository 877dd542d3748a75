package io.assay.bronze.jdbc;

import java.io.Serializable;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What differs between databases: types, casts, sessions. */
sealed interface Dialect extends Serializable permits PostgresDialect, MariaDialect {

  /** The dialect of a URL that configuration has let through. */
  static Dialect of(String url) {
    return url.startsWith("jdbc:postgresql:") ? new PostgresDialect() : new MariaDialect();
  }

  Driver driver() throws SQLException;

  /** Properties of the driver that people may not set, and those that they may. */
  Map<String, String> properties(Duration patience);

  /** Statements at the beginning of every session. */
  List<String> session();

  /** The SQL of a name. */
  String quoted(String name);

  /** The value as the database's own text; dates and times in ISO form and UTC. */
  String text(String expression);

  /**
   * How a column is read: as a type of which Spark holds every value exactly, or else as text.
   *
   * @param expression the column in SQL
   */
  Reading reading(String expression, TableColumn column);

  /** How a column serves as a watermark; empty if its type does not order changes. */
  Optional<WatermarkType> watermark(TableColumn column);

  /**
   * What is so long before a value of that type.
   *
   * @param value an expression of the type
   */
  String before(WatermarkType type, String value, Duration time);

  /** The moment now, as an expression. */
  String clock();

  /** A whole number that differs for different texts, nearly always. */
  String hash(List<String> texts);

  /** A query for the time of its transaction, in ISO form with a Z. */
  String time();

  /**
   * A column as it is selected.
   *
   * @param sql the expression
   * @param type what comes of it
   */
  record Reading(String sql, org.apache.spark.sql.types.DataType type) {}
}
