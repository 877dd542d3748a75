package io.assay.job;

import io.assay.batch.Account;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchResult;
import io.assay.batch.LeaseHeldException;
import io.assay.batch.Outcome;
import io.assay.batch.RunRecord;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.store.StoreFailure;
import io.assay.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a job and leaves a record of what it did, however it ended. */
public final class JobExecution {
  private static final Logger LOG = LoggerFactory.getLogger(JobExecution.class);

  private final JobContext context;

  public JobExecution(JobContext context) {
    this.context = context;
  }

  /**
   * What one attempt came to.
   *
   * @param busy whether it failed only because another run is writing the table
   */
  public record Attempt(BatchResult result, boolean busy) {
    /** Whether it may succeed later without a change. */
    public boolean transientFailure() {
      return result.outcome() == Outcome.FAILED && result.exitCode() == ExitCode.UNAVAILABLE;
    }
  }

  /** Runs the job. A failure is logged and comes back as a result that says what happened. */
  public BatchResult run(Job job) {
    return run(job, Backoff.NONE);
  }

  /** The same, but what may succeed later (exit code 5) is tried again; nothing else is. */
  public BatchResult run(Job job, Backoff backoff) {
    Attempt attempt = attempt(job);
    for (int failure = 1; attempt.transientFailure() && failure <= backoff.failures(); failure++) {
      Duration time = backoff.after(failure, ThreadLocalRandom.current());
      LOG.warn("{} is tried again in {}, after failure {}", job.table(), time, failure);
      try {
        Thread.sleep(time.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      attempt = attempt(job);
    }
    record(attempt.result());
    return attempt.result();
  }

  /** As {@link #run}, but leaves no record of it: whoever calls this does, with {@link #record}. */
  public Attempt attempt(Job job) {
    try {
      context
          .spark()
          .sparkContext()
          .setJobGroup(job.table().toString(), job.table().toString(), false);
      return new Attempt(job.run(context), false);
    } catch (LeaseHeldException e) {
      LOG.info("{} waits: {}", job.table(), e.getMessage());
      return new Attempt(failed(job.table(), e.exitCode(), e.getMessage()), true);
    } catch (AssayException e) {
      LOG.error("{} failed: {}", job.table(), e.getMessage(), e);
      return new Attempt(failed(job.table(), e.exitCode(), e.getMessage()), false);
    } catch (Throwable e) {
      // Spark's Scala code throws checked exceptions undeclared, and an error of one job is no
      // reason to end the others.
      LOG.error("{} failed", job.table(), e);
      BatchResult result =
          StoreFailure.of(e, "")
              .map(known -> failed(job.table(), known.exitCode(), known.getMessage()))
              .orElseGet(
                  () ->
                      failed(
                          job.table(),
                          ExitCode.FAILURE,
                          e.getClass().getSimpleName() + ": " + firstLine(e)));
      return new Attempt(result, false);
    } finally {
      context.spark().sparkContext().clearJobGroup();
    }
  }

  /** Records that a job did not start because something it reads failed or is held. */
  public BatchResult blocked(TableName table, TableName by) {
    BatchResult result =
        new BatchResult(
            table,
            Outcome.BLOCKED,
            Account.EMPTY,
            OptionalLong.empty(),
            ExitCode.OK,
            List.of("waits for " + by));
    record(result);
    return result;
  }

  private static BatchResult failed(TableName table, ExitCode exitCode, String message) {
    return new BatchResult(
        table, Outcome.FAILED, Account.EMPTY, OptionalLong.empty(), exitCode, List.of(message));
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * Records what the run did to a table, under the run's name, or one behind the newest that is
   * there: else nobody would look at it.
   */
  public void record(BatchResult result) {
    BatchLedger.of(context.spark(), context.project().warehouse(), result.table())
        .runs()
        .add(
            new RunRecord(
                result.table(),
                context.runId(),
                context.clock().instant(),
                result.outcome(),
                result.account(),
                result.version(),
                result.notes()),
            last -> RunId.after(last, context.clock()));
  }
}
