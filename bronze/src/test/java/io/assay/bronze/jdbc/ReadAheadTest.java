package io.assay.bronze.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.testing.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final String DATABASE = "read_ahead";

  @Test
  void rowsComeInOrderAndAReadThatEndsEarlyLeavesNeitherConnectionNorThread() throws Exception {
    PostgresServer.shared().create(DATABASE);
    try (ReadAhead all = rows("SELECT i FROM generate_series(1, 12345) i")) {
      for (long i = 1; i <= 12345; i++) {
        assertThat(all.next().getLong(0)).isEqualTo(i);
      }
      assertThat(all.hasNext()).isFalse();
    }
    assertNothingIsLeft();

    try (ReadAhead begun = rows("SELECT i FROM generate_series(1, 1000000) i")) {
      assertThat(begun.next().getLong(0)).isEqualTo(1);
    }
    assertNothingIsLeft();

    ReadAhead waiting = rows("SELECT i FROM generate_series(1, 2) i, pg_sleep(600)");
    Thread task = new Thread(() -> assertThat(waiting.hasNext()).isFalse(), "task");
    task.setUncaughtExceptionHandler((thread, failure) -> {});
    task.start();
    await(true);
    waiting.close();
    task.interrupt();
    task.join(30_000);
    assertThat(task.isAlive()).isFalse();
    PostgresServer.shared()
        .execute(
            DATABASE,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
    assertNothingIsLeft();

    try (ReadAhead unused = rows("SELECT 1")) {
      assertThat(unused).isNotNull();
    }
    try (ReadAhead wrong = rows("SELECT 1 / (3 - i) FROM generate_series(1, 5) i")) {
      assertThatThrownBy(wrong::hasNext).hasMessageContaining("division by zero");
    }
    assertNothingIsLeft();
  }

  private static ReadAhead rows(String sql) {
    Server server =
        Server.of(Tables.connection(PostgresServer.shared().url(DATABASE), Duration.ofSeconds(5)));
    StructType columns = new StructType().add("i", DataTypes.LongType);
    Selection selection =
        new Selection(
            server, sql, new ArrayList<>(), 1000, columns, new ArrayList<>(), "t", false, 1);
    return new ReadAhead(new ResultRows(selection), 1000);
  }

  private static void assertNothingIsLeft() throws InterruptedException {
    await(false);
    Instant end = Instant.now().plusSeconds(30);
    while (threads().findAny().isPresent()) {
      assertThat(Instant.now()).as("the end of %s", threads().toList()).isBefore(end);
      Thread.sleep(20);
    }
  }

  private static Stream<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("assay-jdbc-read-ahead"));
  }

  /** Until there is a session of ours in the database, or none. */
  private static void await(boolean some) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(30);
    String ours =
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'assay' AND datname = '%s'"
            .formatted(DATABASE);
    List<?> found = PostgresServer.shared().rows(DATABASE, ours);
    while (found.isEmpty() == some) {
      assertThat(Instant.now()).as("sessions: %s", found).isBefore(end);
      Thread.sleep(20);
      found = PostgresServer.shared().rows(DATABASE, ours);
    }
  }
}
