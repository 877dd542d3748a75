package io.assay.bronze.jdbc;

import static io.assay.bronze.jdbc.Tables.changes;
import static io.assay.bronze.jdbc.Tables.changesOf;
import static io.assay.bronze.jdbc.Tables.connection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.config.Connection;
import io.assay.config.Source;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is there, refuses, lacks something, goes away, or is not there. */
class JdbcFaultsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Source.Jdbc CHANGES = changes("t", "at", "PT1M", "id");

  @TempDir Path folder;

  @Test
  void everyFaultHasItsExitCodeAndARestartInMidReadIsReadOver() throws Exception {
    try (PostgresServer server = PostgresServer.start(folder.resolve("server"))) {
      server.create("shop");
      server.execute(
          "shop",
          "CREATE TABLE t AS SELECT i AS id, now() - INTERVAL '1 day' AS at, 'x' AS word"
              + " FROM generate_series(1, 2000) i",
          "CREATE TABLE closed (id int)",
          "REVOKE ALL ON closed FROM " + PostgresServer.USER);
      Connection.Jdbc there = connection(server.url("shop"), Duration.ofSeconds(60));
      mistakes(server, there);
      refusals(server, there);
      restart(server, there);
      absence(server);
    }
  }

  private void mistakes(PostgresServer server, Connection.Jdbc there) {
    tables("a", there, changes("tt", "at", "PT1M", "id"))
        .assertFails(ExitCode.CONFIGURATION, "relation \"tt\" does not exist");
    tables("b", there, changes("t", "att", "PT1M", "id"))
        .assertFails(ExitCode.CONFIGURATION, "did you mean 'at'?");
    tables("c", there, changes("t", "at", "PT1M", "idd"))
        .assertFails(ExitCode.CONFIGURATION, "source.jdbc.key: there is no column 'idd'");
    tables("d", there, changes("t", "at", "5", "id"))
        .assertFails(ExitCode.CONFIGURATION, "must be a duration such as PT10M, not 5");
    tables("e", there, changes("t", "word", "5", "id"))
        .assertFails(ExitCode.CONFIGURATION, "word is of type text");
    tables("f", there, changesOf("SELECT frm", "at", "PT1M", "id"))
        .assertFails(ExitCode.CONFIGURATION, "does not have what is asked for");
    tables("g", connection(server.url("nowhere"), PATIENCE), CHANGES)
        .assertFails(ExitCode.CONFIGURATION, "database \"nowhere\" does not exist");
  }

  private void refusals(PostgresServer server, Connection.Jdbc there) {
    Connection.Jdbc wrong =
        new Connection.Jdbc(
            server.url("shop"),
            Optional.of(PostgresServer.USER),
            Optional.of("wr0ng"),
            Map.of(),
            Duration.ofSeconds(60));
    Instant start = Instant.now();
    assertThatThrownBy(() -> tables("h", wrong, CHANGES).run())
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILURE))
        .hasMessageContaining("connection 'shop' refuses us: FATAL: password authentication failed")
        .hasMessageNotContaining("wr0ng");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    tables("i", there, changes("closed", "id", "5", "id"))
        .assertFails(ExitCode.FAILURE, "permission denied for table closed");
  }

  /** The read waits for a lock that the test holds, so that the server goes away in its midst. */
  private void restart(PostgresServer server, Connection.Jdbc there) throws SQLException {
    try (Statement holder = server.connect("shop").createStatement()) {
      restart(server, there, holder);
    }
  }

  private void restart(PostgresServer server, Connection.Jdbc there, Statement holder) {
    Tables blocked =
        tables(
            "j",
            there,
            changesOf(
                "SELECT t.*, pg_advisory_xact_lock_shared(7)::text AS lock FROM t",
                "at",
                "PT1M",
                "id"));
    CompletableFuture<Void> outage = new CompletableFuture<>();
    CommitSeam seam =
        (point, commit) -> {
          if (point.step().equals("BRONZE")) {
            lock(holder);
            outage.completeAsync(
                () -> {
                  awaitBlockedRead(server);
                  server.stop();
                  server.start();
                  return null;
                });
          }
          commit.run();
        };
    BatchResult result = blocked.run(seam);
    assertThat(outage).succeedsWithin(Duration.ofMinutes(1));
    assertThat(result.notes())
        .contains("the database went away while it was read; it was read anew");
    assertThat(result.account()).isEqualTo(Account.appended(2000));
    assertThat(blocked.project.rows("id")).doesNotHaveDuplicates().hasSize(2000);
  }

  private static void lock(Statement holder) {
    try {
      holder.execute("SELECT pg_advisory_lock(7)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitBlockedRead(PostgresServer server) {
    String blocked = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'advisory'";
    Instant end = Instant.now().plusSeconds(60);
    while (server.rows("shop", blocked).isEmpty()) {
      assertThat(Instant.now()).as("the read that waits").isBefore(end);
    }
  }

  private void absence(PostgresServer server) {
    Tables tables = tables("k", connection(server.url("shop"), PATIENCE), CHANGES);
    CommitSeam outage =
        (point, commit) -> {
          commit.run();
          if (point.step().equals("INTENT")) {
            server.stop();
          }
        };
    tables.assertFails(outage, ExitCode.UNAVAILABLE, "connection 'shop' does not answer");
    Instant start = Instant.now();
    tables.assertFails(ExitCode.UNAVAILABLE, "connection 'shop' does not answer", "refused");
    assertThat(Duration.between(start, Instant.now()))
        .isBetween(PATIENCE, PATIENCE.multipliedBy(3));
    server.start();
    assertThat(tables.run().account()).isEqualTo(Account.appended(2000));
  }

  private Tables tables(String name, Connection.Jdbc connection, Source.Jdbc source) {
    return Tables.of(folder.resolve(name), connection, source);
  }
}
