package io.assay.e2e;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Hive's plain JDBC driver, with classes of its own. */
final class HiveClient implements AutoCloseable {
  private final URLClassLoader classes;
  private final Connection connection;

  /**
   * @param url {@code jdbc:hive2://…}
   */
  HiveClient(String url) throws Exception {
    classes = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes);
    try {
      Driver driver =
          (Driver)
              classes.loadClass("org.apache.hive.jdbc.HiveDriver").getConstructor().newInstance();
      connection = driver.connect(url, new Properties());
    } catch (SQLException e) {
      classes.close();
      throw e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The rows of a statement, each as its values between bars. */
  List<String> rows(String statement) throws SQLException {
    try (Statement open = connection.createStatement();
        ResultSet rows = open.executeQuery(statement)) {
      return rows(rows);
    }
  }

  /** Tables of a schema, each as name and comment. */
  List<String> tables(String schema) throws SQLException {
    try (ResultSet rows = connection.getMetaData().getTables(null, schema, "%", null)) {
      return rows(rows, "TABLE_NAME", "REMARKS");
    }
  }

  /** Columns of a table, each as name, type and comment. */
  List<String> columns(String schema, String table) throws SQLException {
    try (ResultSet rows = connection.getMetaData().getColumns(null, schema, table, "%")) {
      return rows(rows, "COLUMN_NAME", "TYPE_NAME", "REMARKS");
    }
  }

  private static List<String> rows(ResultSet rows, String... columns) throws SQLException {
    List<String> texts = new ArrayList<>();
    while (rows.next()) {
      List<String> values = new ArrayList<>();
      if (columns.length == 0) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          values.add(rows.getString(i));
        }
      }
      for (String column : columns) {
        values.add(rows.getString(column));
      }
      texts.add(String.join("|", values));
    }
    return texts;
  }

  private static URL[] jars() throws IOException {
    List<URL> jars = new ArrayList<>();
    Path root = Installation.root();
    for (Path folder : List.of(root.resolve("thrift-server/target/jars"), AssayProcess.jars())) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          jars.add(file.toUri().toURL());
        }
      }
    }
    return jars.toArray(URL[]::new);
  }

  @Override
  public void close() throws Exception {
    connection.close();
    classes.close();
  }
}
