package io.assay.gold.publish;

import static org.apache.spark.sql.functions.col;

import io.assay.config.Connection.Jdbc;
import io.assay.config.Destination;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.JobContext;
import io.assay.job.Patience;
import io.assay.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.spark.sql.Column;
import org.postgresql.Driver;

/**
 * A table of PostgreSQL. A delivery is one transaction: rows are copied into a temporary table,
 * upserted and deleted from there, and the position is written with them. So the table tells itself
 * what it holds, and a delivery whose end was not heard of is not done twice.
 */
final class PostgresReceiver implements Receiver {
  private static final String MADE_BY_ALL = "assay/tables";

  private final JobContext context;
  private final Destination.Postgres to;
  private final Jdbc jdbc;
  private final PublishDefinition definition;
  private final PostgresTable table;
  private final PostgresPositions positions;
  private final Patience patience;
  private Connection connection;

  PostgresReceiver(
      JobContext context,
      TableName publication,
      PublishDefinition definition,
      Destination.Postgres to,
      Jdbc jdbc) {
    this.context = context;
    this.to = to;
    this.jdbc = jdbc;
    this.definition = definition;
    this.table = new PostgresTable(to.table(), definition);
    this.positions =
        new PostgresPositions(
            table.beside(PostgresPositions.NAME),
            context.project().settings().project(),
            publication.name());
    this.patience = new Patience(jdbc.patience());
  }

  @Override
  public Form form() {
    return new Form(texts(definition.key()), texts(definition.values()));
  }

  private static List<Column> texts(List<PublishedColumn> columns) {
    return columns.stream()
        .map(column -> PostgresTypes.text(col("`" + column.column() + "`"), column.type()))
        .toList();
  }

  /** What the table holds; nothing if there is none, whatever was delivered into it once. */
  @Override
  public Optional<Position> position() {
    return asking(this::held);
  }

  @Override
  public boolean reached(Position until) {
    return position().filter(position -> position.isOf(until)).isPresent();
  }

  private Optional<Position> held(Connection session) throws SQLException {
    return table.exists(session) ? positions.read(session) : Optional.empty();
  }

  @Override
  public Counts take(Delivery delivery) {
    return asking(
        session -> {
          makePositions(session);
          lock(session, "assay/" + positions.project() + "/" + positions.publication());
          Optional<Position> held = held(session);
          if (held.filter(position -> position.isOf(delivery.until())).isPresent()) {
            return held.get().counts();
          }
          if (!held.equals(delivery.from())) {
            throw new AssayException(
                ExitCode.UNAVAILABLE,
                "table %s was published to by another run meanwhile: run again"
                    .formatted(to.table()));
          }
          ready(session, held);
          Counts counts = new PostgresLoad(context.spark(), session, table).load(delivery);
          Position until = delivery.until();
          positions.write(
              session,
              definition.mart().toString(),
              new Position(
                  until.tableId(), until.version(), until.definition(), until.batch(), counts),
              context.clock().instant());
          session.commit();
          return counts;
        });
  }

  /** All publications share the table; where it is there, no right to make tables is needed. */
  private void makePositions(Connection session) throws SQLException {
    if (!positions.exists(session)) {
      lock(session, MADE_BY_ALL);
      if (!positions.exists(session)) {
        positions.make(session);
      }
    }
  }

  private void ready(Connection session, Optional<Position> held) throws SQLException {
    if (!table.exists(session)) {
      try (Statement statement = session.createStatement()) {
        statement.execute(table.made());
      }
      return;
    }
    table.check(session);
    if (held.isEmpty() && !to.adopt() && !table.isEmpty(session)) {
      throw new AssayException(
          ExitCode.FAILURE,
          "table %s holds rows that were not published here, and those that %s does not have would be deleted: say 'adopt: true' to take it over, or give another table"
              .formatted(to.table(), definition.mart()));
    }
  }

  private static void lock(Connection session, String what) throws SQLException {
    String sql = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))";
    try (PreparedStatement statement = session.prepareStatement(sql)) {
      statement.setString(1, what);
      statement.execute();
    }
  }

  private interface Question<T> {
    T answer(Connection session) throws SQLException;
  }

  /** Asks in one transaction, which is undone unless the question commits it. */
  private <T> T asking(Question<T> question) {
    return patience.ask(
        () -> {
          boolean answered = false;
          try {
            if (connection == null) {
              connection = open();
            }
            T answer = question.answer(connection);
            connection.rollback();
            answered = true;
            return answer;
          } catch (SQLException e) {
            throw PostgresFailure.of(to.connection(), to.table(), e);
          } finally {
            if (!answered) {
              close();
            }
          }
        });
  }

  private Connection open() throws SQLException {
    Properties told = new Properties();
    told.setProperty("ApplicationName", "assay");
    told.setProperty("tcpKeepAlive", "true");
    long seconds = Math.max(1, Math.min(30, jdbc.patience().toSeconds()));
    told.setProperty("connectTimeout", Long.toString(seconds));
    told.putAll(jdbc.options());
    jdbc.user().ifPresent(user -> told.setProperty("user", user));
    jdbc.password().ifPresent(password -> told.setProperty("password", password));
    Connection opened = new Driver().connect(jdbc.url(), told);
    try (Statement statement = opened.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
      statement.execute("SET datestyle = 'ISO, YMD'");
      opened.setAutoCommit(false);
      return opened;
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // It is gone, and what was not committed with it.
      }
      connection = null;
    }
  }
}
