package io.assay.app.live;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Whether Debezium has told of all that has happened in the database. */
final class Capture {
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);
  private static final long LOOK = 200;

  private final Traffic traffic;
  private final Topics topics;
  private final Servers servers;

  Capture(Traffic traffic, Topics topics, Servers servers) {
    this.traffic = traffic;
    this.topics = topics;
    this.servers = servers;
  }

  /**
   * Waits until it has.
   *
   * @throws AssayException if it ends before, or takes too long
   */
  void await() throws ExecutionException, InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    while (!complete()) {
      servers.check();
      if (System.nanoTime() > end) {
        throw new AssayException(
            ExitCode.FAILURE, "Debezium does not tell of all changes of the database");
      }
      Thread.sleep(LOOK);
    }
  }

  private boolean complete() throws ExecutionException, InterruptedException {
    Map<String, Long> expected = traffic.expected();
    for (String table : ShopTables.NAMES) {
      if (topics.messages(table) < expected.get(table)) {
        return false;
      }
    }
    return true;
  }
}
