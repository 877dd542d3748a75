package io.assay.app.live;

import io.assay.app.run.ProjectJobs;
import io.assay.app.stream.QueryStatus;
import io.assay.app.stream.QueryStatus.State;
import io.assay.app.stream.StopSwitch;
import io.assay.app.stream.StreamPlan;
import io.assay.app.stream.StreamRun;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.JobContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code assay stream} over everything, in a thread. */
final class LiveStream {
  /** What is not in silver so long after the shop has closed is left to a run. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(45);

  private static final Duration LOOK = Duration.ofMillis(200);

  private final StopSwitch stop = new StopSwitch();
  private final Feeds feeds;
  private final StreamRun run;
  private final Thread thread;

  LiveStream(JobContext context, Feeds feeds) {
    this.feeds = feeds;
    this.run =
        new StreamRun(
            StreamPlan.everything(context.project()),
            context,
            ProjectJobs::job,
            context::project,
            stop,
            feeds);
    this.thread = new Thread(run::execute, "assay-live");
    thread.setDaemon(true);
  }

  void begin() {
    thread.start();
  }

  /**
   * Waits until the traffic has ended, and what it sent is in silver.
   *
   * @throws AssayException if a server or a query fails
   */
  void follow(Thread traffic, Servers servers) throws InterruptedException {
    while (traffic.isAlive()) {
      check(servers);
      traffic.join(LOOK.toMillis());
    }
    long end = System.nanoTime() + PATIENCE;
    while (!feeds.drained() && System.nanoTime() < end) {
      check(servers);
      Thread.sleep(LOOK.toMillis());
    }
  }

  private void check(Servers servers) {
    servers.check();
    Optional<QueryStatus> failed =
        run.queries().stream()
            .filter(query -> query.standing().state() == State.FAILED)
            .findFirst();
    if (failed.isPresent()) {
      stop.ask();
      throw new AssayException(
          failed.get().standing().exitCode(),
          failed.get().query() + " has failed: " + failed.get().standing().reason().orElse(""));
    }
  }

  /** Lets it finish the batches in hand. */
  void stop() throws InterruptedException {
    stop.ask();
    thread.join();
    if (run.queries().stream().anyMatch(query -> query.standing().exitCode() == ExitCode.FAILURE)) {
      throw new AssayException(ExitCode.FAILURE, "the stream did not end in order");
    }
  }
}
