package io.assay.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server of PostgreSQL on a port of its own, as a process of its own. User {@value #USER} owns
 * the databases, needs a password, and may replicate: the log tells logical changes.
 */
public final class PostgresServer implements AutoCloseable {
  public static final String USER = "assay";
  public static final String PASSWORD = "s3cret-password";

  private static final String ADMINISTRATOR = "postgres";
  private static final String RIGHTS =
      """
      local all         postgres              trust
      host  all         postgres 127.0.0.1/32 trust
      host  all         postgres ::1/128      trust
      host  all         all      127.0.0.1/32 scram-sha-256
      host  replication all      127.0.0.1/32 scram-sha-256
      """;

  private static final SharedServer<PostgresServer> SHARED =
      new SharedServer<>("postgres", PostgresServer::start, PostgresServer::stop);

  private final Path folder;
  private final int port;
  private EmbeddedPostgres server;

  private PostgresServer(Path folder) {
    this.folder = folder;
    this.port = freePort();
  }

  /** The one that all tests of a process share; a test has a database of its own. */
  public static PostgresServer shared() {
    return SHARED.get();
  }

  /** Starts a new one whose data lie in this folder. */
  public static PostgresServer start(Path folder) {
    PostgresServer server = new PostgresServer(folder);
    server.start();
    server.execute(
        ADMINISTRATOR, "CREATE ROLE %s LOGIN REPLICATION PASSWORD '%s'".formatted(USER, PASSWORD));
    try {
      Files.writeString(server.data().resolve("pg_hba.conf"), RIGHTS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.execute(ADMINISTRATOR, "SELECT pg_reload_conf()");
    return server;
  }

  public void start() {
    try {
      server =
          EmbeddedPostgres.builder()
              .setPort(port)
              .setDataDirectory(data())
              .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
              .setCleanDataDirectory(false)
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("wal_level", "logical")
              .setServerConfig("track_commit_timestamp", "on")
              .setPGStartupWait(Duration.ofMinutes(1))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends every connection. */
  public void stop() {
    if (server != null) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server = null;
    }
  }

  @Override
  public void close() {
    stop();
  }

  public int port() {
    return port;
  }

  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** Makes a database that belongs to user {@value #USER}. */
  public void create(String database) {
    execute(ADMINISTRATOR, "CREATE DATABASE %s OWNER %s".formatted(database, USER));
  }

  /** A connection as user {@value #USER}. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), USER, PASSWORD);
  }

  /** Runs statements, each in a transaction of its own; in database postgres as administrator. */
  public void execute(String database, String... statements) {
    try (Connection connection = opened(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The rows of a query: their values as the server's texts, with bars between them. */
  public List<String> rows(String database, String query) {
    try (Connection connection = opened(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          values.add(result.getString(i));
        }
        rows.add(String.join("|", values));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection opened(String database) throws SQLException {
    return database.equals(ADMINISTRATOR)
        ? DriverManager.getConnection(url(database), ADMINISTRATOR, "")
        : connect(database);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
