package io.assay.app.cli;

import io.assay.app.run.RunListener;
import io.assay.batch.Account;
import io.assay.batch.Outcome;
import io.assay.job.JobReport;
import io.assay.table.TableName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows a run while it goes on: a line per job when it ends, and on a terminal below them, on one
 * line that is written anew, what is being done and for how long.
 */
final class RunProgress implements RunListener, AutoCloseable {
  private static final String CLEAR = "\r\033[K";
  private static final String FRAMES = "|/-\\";

  private final Console console;
  private final boolean lines;
  private final int jobs;
  private final long start = System.nanoTime();
  private final Map<TableName, Long> running = new LinkedHashMap<>();
  private final ScheduledExecutorService painter;
  private String saying = "";
  private int finished;
  private int frame;

  /**
   * Begins to show.
   *
   * @param lines whether each job's line goes to standard out
   * @param jobs how many there are
   */
  RunProgress(Console console, boolean lines, int jobs) {
    this.console = console;
    this.lines = lines;
    this.jobs = jobs;
    this.painter = Executors.newSingleThreadScheduledExecutor(RunProgress::thread);
    if (console.live()) {
      var unused = painter.scheduleAtFixedRate(this::paint, 0, 200, TimeUnit.MILLISECONDS);
    }
  }

  /** Shows what is done beside the jobs. */
  synchronized void say(String what) {
    saying = what;
  }

  @Override
  public synchronized void started(TableName table) {
    saying = "";
    running.put(table, System.nanoTime());
  }

  @Override
  public synchronized void finished(JobReport report) {
    running.remove(report.result().table());
    finished++;
    if (lines) {
      clear();
      console.out().println(report.text());
    }
  }

  /** The last line: how many ended how, what they did, how long it took. */
  synchronized void summary(List<JobReport> reports) {
    if (!lines) {
      return;
    }
    clear();
    StringJoiner outcomes = new StringJoiner(", ");
    for (Outcome outcome : Outcome.values()) {
      long count = reports.stream().filter(report -> report.result().outcome() == outcome).count();
      if (count > 0) {
        outcomes.add(count + " " + outcome.label());
      }
    }
    Account total =
        reports.stream()
            .map(report -> report.result().account())
            .reduce(Account.EMPTY, Account::plus);
    console
        .out()
        .printf(
            Locale.ROOT,
            "%d jobs: %s; %,d rows applied, %,d quarantined; %.1f s%n",
            reports.size(),
            outcomes,
            total.applied(),
            total.quarantined(),
            seconds(start));
  }

  @Override
  public synchronized void close() {
    painter.shutdownNow();
    clear();
  }

  private synchronized void paint() {
    if (painter.isShutdown()) {
      return;
    }
    StringJoiner line = new StringJoiner(", ");
    running.forEach(
        (table, since) -> line.add(String.format(Locale.ROOT, "%s %.0f s", table, seconds(since))));
    String text =
        FRAMES.charAt(frame++ % FRAMES.length())
            + " "
            + finished
            + " of "
            + jobs
            + "  "
            + (running.isEmpty() ? saying : line);
    console.err().print(CLEAR + text.substring(0, Math.min(text.length(), console.columns() - 1)));
    console.err().flush();
  }

  private void clear() {
    if (console.live()) {
      console.err().print(CLEAR);
      console.err().flush();
    }
  }

  private static double seconds(long since) {
    return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "assay-progress");
    thread.setDaemon(true);
    return thread;
  }
}
