package io.assay.app.live;

import io.assay.app.demo.RowChange;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** The web shop's database: a connection, for one thread. */
final class ShopTables implements AutoCloseable {
  static final String DATABASE = "shop";
  static final String USER = "postgres";
  static final String PUBLICATION = "assay";

  /** In the order in which the demo shows them. */
  static final List<String> NAMES = List.of("orders", "order_items", "products");

  private static final String[] TABLES = {
    """
    CREATE TABLE products (
      product_id text PRIMARY KEY, name text NOT NULL, category text NOT NULL,
      price numeric(12,2) NOT NULL, updated_at timestamptz NOT NULL)
    """,
    """
    CREATE TABLE orders (
      order_id text PRIMARY KEY, customer_id text NOT NULL, status text NOT NULL,
      delivery_method text NOT NULL, is_gift boolean NOT NULL, ordered_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL)
    """,
    """
    CREATE TABLE order_items (
      order_id text, line_no int, product_id text NOT NULL, quantity int NOT NULL,
      unit_price numeric(12,2) NOT NULL, unit_cost numeric(12,2) NOT NULL,
      PRIMARY KEY (order_id, line_no))
    """,
    "CREATE PUBLICATION " + PUBLICATION + " FOR TABLE products, orders, order_items"
  };

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private ShopTables(Connection connection) {
    this.connection = connection;
  }

  /** Makes the database with its tables, empty. */
  static ShopTables create(int port) throws SQLException {
    try (Connection server = connect(port, USER);
        Statement statement = server.createStatement()) {
      statement.execute("CREATE DATABASE " + DATABASE);
    }
    ShopTables shop = open(port);
    try (Statement statement = shop.connection.createStatement()) {
      for (String sql : TABLES) {
        statement.execute(sql);
      }
      shop.connection.commit();
    }
    return shop;
  }

  /** Another connection. */
  static ShopTables open(int port) throws SQLException {
    Connection connection = connect(port, DATABASE);
    connection.setAutoCommit(false);
    return new ShopTables(connection);
  }

  private static Connection connect(int port, String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", USER);
    return new org.postgresql.Driver()
        .connect("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), properties);
  }

  /** Makes changes of rows, in one transaction. */
  void commit(List<RowChange> changes) throws SQLException {
    for (RowChange change : changes) {
      List<Object> values =
          switch (change.kind()) {
            case INSERT -> List.copyOf(change.row().values());
            case UPDATE -> joined(change.row().values(), change.key().values());
            case DELETE -> List.copyOf(change.key().values());
          };
      PreparedStatement statement = statement(change);
      for (int index = 0; index < values.size(); index++) {
        statement.setObject(index + 1, parameter(values.get(index)));
      }
      statement.executeUpdate();
    }
    connection.commit();
  }

  private static List<Object> joined(Collection<Object> first, Collection<Object> second) {
    List<Object> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static Object parameter(Object value) {
    return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
  }

  private PreparedStatement statement(RowChange change) throws SQLException {
    String name = change.table() + " " + change.kind();
    PreparedStatement known = statements.get(name);
    if (known == null) {
      known = connection.prepareStatement(sql(change));
      statements.put(name, known);
    }
    return known;
  }

  private static String sql(RowChange change) {
    String table = change.table();
    return switch (change.kind()) {
      case INSERT ->
          "INSERT INTO %s (%s) VALUES (%s)"
              .formatted(
                  table,
                  String.join(", ", change.row().keySet()),
                  change.row().keySet().stream().map(c -> "?").collect(Collectors.joining(", ")));
      case UPDATE ->
          "UPDATE %s SET %s WHERE %s"
              .formatted(table, equal(change.row(), ", "), equal(change.key(), " AND "));
      case DELETE -> "DELETE FROM %s WHERE %s".formatted(table, equal(change.key(), " AND "));
    };
  }

  private static String equal(Map<String, Object> columns, String between) {
    return columns.keySet().stream().map(c -> c + " = ?").collect(Collectors.joining(between));
  }

  /** How many rows a table has. */
  long count(String table) throws SQLException {
    return rows("SELECT count(*) FROM " + table).values().get(0).get(0) instanceof Long count
        ? count
        : 0;
  }

  /**
   * What a query gave.
   *
   * @param values row by row; instants, numbers, texts and booleans
   */
  record Rows(List<String> columns, List<List<Object>> values) {}

  /** Asks. */
  Rows rows(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int width = result.getMetaData().getColumnCount();
      List<String> columns = new ArrayList<>();
      for (int index = 1; index <= width; index++) {
        columns.add(result.getMetaData().getColumnName(index));
      }
      List<List<Object>> values = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int index = 1; index <= width; index++) {
          row.add(plain(result.getObject(index)));
        }
        values.add(row);
      }
      connection.commit();
      return new Rows(columns, values);
    }
  }

  /** The same value for what Spark and JDBC have classes of their own for. */
  static Object plain(Object value) {
    if (value instanceof Timestamp time) {
      return time.toInstant();
    }
    return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
