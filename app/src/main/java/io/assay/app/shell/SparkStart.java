package io.assay.app.shell;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** Spark, which starts while somebody types. */
public final class SparkStart {
  private final CompletableFuture<SparkSession> session = new CompletableFuture<>();

  /**
   * @param opening opens the session, in a thread of its own
   */
  public SparkStart(Supplier<SparkSession> opening) {
    Thread thread =
        new Thread(
            () -> {
              try {
                session.complete(opening.get());
              } catch (Throwable e) {
                session.completeExceptionally(e);
              }
            },
            "start of Spark");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The session; waits for it.
   *
   * @throws RuntimeException why there is none
   */
  SparkSession await() {
    try {
      return session.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Whether the session is there. */
  boolean up() {
    return session.isDone() && !failed();
  }

  /** Whether there will be none. */
  boolean failed() {
    return session.isCompletedExceptionally();
  }
}
