package io.assay.bronze.jdbc;

import io.assay.config.Connection;
import java.io.Serializable;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where a database is and what its driver is told. It travels to executors; secrets are among it.
 *
 * @param properties of the driver
 */
record Server(Dialect dialect, String url, HashMap<String, String> properties)
    implements Serializable {

  static Server of(Connection.Jdbc connection) {
    Dialect dialect = Dialect.of(connection.url());
    Map<String, String> own = dialect.properties(connection.patience());
    HashMap<String, String> properties = new HashMap<>(own);
    properties.putAll(connection.options());
    connection.user().ifPresent(user -> properties.put("user", user));
    connection.password().ifPresent(password -> properties.put("password", password));
    return new Server(dialect, connection.url(), properties);
  }

  /**
   * A session that only reads, in transactions that see the database as it was at their beginning.
   */
  java.sql.Connection open() throws SQLException {
    Properties told = new Properties();
    told.putAll(properties);
    java.sql.Connection opened = dialect.driver().connect(url, told);
    try (Statement statement = opened.createStatement()) {
      for (String sql : dialect.session()) {
        statement.execute(sql);
      }
      opened.setTransactionIsolation(java.sql.Connection.TRANSACTION_REPEATABLE_READ);
      opened.setReadOnly(true);
      opened.setAutoCommit(false);
      return opened;
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
  }

  @Override
  public String toString() {
    return "Server[dialect=" + dialect + "]";
  }
}
