package io.assay.job;

import io.assay.batch.Account;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.batch.RunRecord;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableName;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a job and leaves a record of what it did, however it ended. */
public final class JobExecution {
  private static final Logger LOG = LoggerFactory.getLogger(JobExecution.class);

  private final JobContext context;

  public JobExecution(JobContext context) {
    this.context = context;
  }

  /** Runs the job. A failure is logged and comes back as a result that says what happened. */
  public BatchResult run(Job job) {
    BatchResult result;
    try {
      context
          .spark()
          .sparkContext()
          .setJobGroup(job.table().toString(), job.table().toString(), false);
      result = job.run(context);
    } catch (AssayException e) {
      LOG.error("{} failed: {}", job.table(), e.getMessage(), e);
      result = failed(job.table(), e.exitCode(), e.getMessage());
    } catch (Throwable e) {
      // Spark's Scala code throws checked exceptions undeclared, and an error of one job is no
      // reason to end the others.
      LOG.error("{} failed", job.table(), e);
      result =
          failed(job.table(), ExitCode.FAILURE, e.getClass().getSimpleName() + ": " + firstLine(e));
    } finally {
      context.spark().sparkContext().clearJobGroup();
    }
    record(result);
    return result;
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

  private void record(BatchResult result) {
    new BatchLedger(
            context.project().warehouse(),
            result.table(),
            context.spark().sessionState().newHadoopConf())
        .recordRun(
            new RunRecord(
                result.table(),
                context.runId(),
                context.clock().instant(),
                result.outcome(),
                result.account(),
                result.version(),
                result.notes()));
  }
}
