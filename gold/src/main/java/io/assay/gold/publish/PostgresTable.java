package io.assay.gold.publish;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The table of a publication, as it has to be.
 *
 * @param name as configured: with or without its schema
 */
record PostgresTable(String name, PublishDefinition definition) {
  private static final String COLUMNS =
      """
      SELECT attname, format_type(atttypid, atttypmod),
        attnotnull AND NOT atthasdef AND attidentity = ''
      FROM pg_attribute
      WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
      ORDER BY attnum
      """;

  private static final String KEYED =
      """
      SELECT 1 FROM pg_index
      WHERE indrelid = to_regclass(?) AND indisunique AND indpred IS NULL AND indexprs IS NULL
        AND (SELECT array_agg(attname::text ORDER BY attname::text)
             FROM unnest(indkey::int2[]) WITH ORDINALITY AS part(number, place)
             JOIN pg_attribute ON attrelid = indrelid AND attnum = number
             WHERE place <= indnkeyatts)
          = (SELECT array_agg(key ORDER BY key) FROM unnest(?::text[]) AS key)
      """;

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The name for SQL. */
  String sql() {
    int dot = name.indexOf('.');
    return dot < 0
        ? quoted(name)
        : quoted(name.substring(0, dot)) + "." + quoted(name.substring(dot + 1));
  }

  /** A table beside it, for SQL. */
  String beside(String other) {
    int dot = name.indexOf('.');
    return (dot < 0 ? "" : quoted(name.substring(0, dot)) + ".") + quoted(other);
  }

  /** The statement that makes it. */
  String made() {
    String columns =
        definition.columns().stream()
            .map(
                column ->
                    quoted(column.name())
                        + " "
                        + PostgresTypes.of(column.type())
                        + (column.keyPosition() > 0 ? " NOT NULL" : ""))
            .collect(Collectors.joining(", "));
    return "CREATE TABLE %s (%s, PRIMARY KEY (%s))".formatted(sql(), columns, key());
  }

  /** The names of the key for SQL. */
  String key() {
    return definition.key().stream()
        .map(column -> quoted(column.name()))
        .collect(Collectors.joining(", "));
  }

  static boolean exists(Connection connection, String sql) throws SQLException {
    return any(connection, "SELECT 1 WHERE to_regclass(?) IS NOT NULL", sql);
  }

  boolean exists(Connection connection) throws SQLException {
    return exists(connection, sql());
  }

  boolean isEmpty(Connection connection) throws SQLException {
    return !any(connection, "SELECT 1 FROM " + sql() + " LIMIT 1");
  }

  /**
   * Checks a table that is there.
   *
   * @throws AssayException with exit code 4, naming everything that does not fit
   */
  void check(Connection connection) throws SQLException {
    List<String> misfits = new ArrayList<>();
    Map<String, Found> found = found(connection);
    for (PublishedColumn column : definition.columns()) {
      Found there = found.remove(column.name());
      String wanted = PostgresTypes.of(column.type());
      if (there == null) {
        misfits.add("has no column %s (%s)".formatted(column.name(), wanted));
      } else if (!PostgresTypes.fits(column.type(), there.type())) {
        misfits.add("has column %s as %s, not %s".formatted(column.name(), there.type(), wanted));
      }
    }
    found.forEach(
        (name, there) -> {
          if (there.needed()) {
            misfits.add("needs a value for column %s, which is not published".formatted(name));
          }
        });
    if (misfits.isEmpty() && !keyed(connection)) {
      misfits.add("has no primary key or unique constraint on " + key());
    }
    if (!misfits.isEmpty()) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "table %s is not as %s would have it: it %s. Alter it, name other columns under publish, or give another table"
              .formatted(name, definition.mart(), String.join("; ", misfits)));
    }
  }

  /**
   * A column that is there.
   *
   * @param needed whether a row cannot come without a value for it
   */
  private record Found(String type, boolean needed) {}

  private Map<String, Found> found(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, sql());
      try (ResultSet result = statement.executeQuery()) {
        Map<String, Found> found = new LinkedHashMap<>();
        while (result.next()) {
          found.put(result.getString(1), new Found(result.getString(2), result.getBoolean(3)));
        }
        return found;
      }
    }
  }

  private boolean keyed(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEYED)) {
      statement.setString(1, sql());
      statement.setArray(
          2,
          connection.createArrayOf(
              "text", definition.key().stream().map(PublishedColumn::name).toArray()));
      try (ResultSet result = statement.executeQuery()) {
        return result.next();
      }
    }
  }

  private static boolean any(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        return result.next();
      }
    }
  }
}
