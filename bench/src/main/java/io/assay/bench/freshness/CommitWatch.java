package io.assay.bench.freshness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A reader that looks again and again whether a table has another version, and notes when it first
 * saw it: from then on a query returns the version's rows. It asks the table's log, and nobody
 * else.
 */
final class CommitWatch implements AutoCloseable {
  private static final long POLL_MILLIS = 5;

  private final Path log;
  private final List<Instant> seen = new ArrayList<>();
  private final Thread thread = new Thread(this::watch, "watch");

  /**
   * Starts to look.
   *
   * @param table the folder of a Delta table; need not be there yet
   */
  CommitWatch(Path table) {
    this.log = table.resolve("_delta_log");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (true) {
        if (Files.exists(log.resolve("%020d.json".formatted(versions())))) {
          add(Instant.now());
        } else {
          Thread.sleep(POLL_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void add(Instant now) {
    seen.add(now);
  }

  /** How many versions it has seen. */
  synchronized int versions() {
    return seen.size();
  }

  /** When it saw each version, by version. */
  synchronized List<Instant> seen() {
    return List.copyOf(seen);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
