package io.assay.bronze.jdbc;

import io.assay.config.Connection;
import io.assay.config.Project;
import io.assay.config.Source;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Patience;
import java.io.Closeable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A database that a connection names, as the driver asks it: few rows, within its patience. */
final class Database implements Closeable {
  private final String name;
  private final Server server;
  private final Patience patience;
  private java.sql.Connection connection;

  /** What is asked in one transaction. */
  interface Question<T> {
    T answer(Session session) throws SQLException;
  }

  /**
   * @param name the connection's
   */
  Database(String name, Connection.Jdbc connection) {
    this.name = name;
    this.server = Server.of(connection);
    this.patience = new Patience(connection.patience());
  }

  /**
   * The database that a source reads.
   *
   * @throws AssayException with exit code 4 if the connection is none
   */
  static Database of(Project project, Source.Jdbc source) {
    if (project.settings().connections().get(source.connection())
        instanceof Connection.Jdbc connection) {
      return new Database(source.connection(), connection);
    }
    throw new AssayException(
        ExitCode.CONFIGURATION,
        "connection '%s' is no database: declare it in assay.yaml under connections"
            .formatted(source.connection()));
  }

  /** The connection's name. */
  String name() {
    return name;
  }

  Server server() {
    return server;
  }

  /**
   * Asks in one transaction; again, with growing pauses, while the database does not answer.
   *
   * @throws AssayException with exit code 5 if it does not answer within its patience
   */
  <T> T asking(Question<T> question) {
    return patience.ask(
        () -> {
          try {
            return answer(question);
          } catch (SQLException e) {
            close();
            throw JdbcFailure.of(name, e);
          }
        });
  }

  private <T> T answer(Question<T> question) throws SQLException {
    if (connection == null) {
      connection = server.open();
    }
    T answer = question.answer(new Session(connection));
    connection.rollback();
    return answer;
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // It is gone, and nothing was written through it.
      }
      connection = null;
    }
  }

  /** One transaction. */
  record Session(java.sql.Connection connection) {

    /** The first column of the first row, as text; empty if there is no row, or a null. */
    Optional<String> text(String sql, String... parameters) throws SQLException {
      List<String> row = row(sql, parameters);
      return row.isEmpty() ? Optional.empty() : Optional.ofNullable(row.get(0));
    }

    /** The first row, as texts; empty if there is none. */
    List<String> row(String sql, String... parameters) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
          statement.setString(i + 1, parameters[i]);
        }
        statement.setMaxRows(1);
        try (ResultSet result = statement.executeQuery()) {
          List<String> row = new ArrayList<>();
          if (result.next()) {
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
              row.add(result.getString(i));
            }
          }
          return row;
        }
      }
    }

    /** The columns of a query, which is not run. */
    List<TableColumn> columns(String sql) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql + " WHERE 1 = 0");
          ResultSet result = statement.executeQuery()) {
        return TableColumn.all(result.getMetaData());
      }
    }
  }
}
