package io.assay.gold;

import io.assay.batch.BatchResult;
import io.assay.batch.BatchWork;
import io.assay.config.Mart;
import io.assay.config.Project;
import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.job.JobMain;
import io.assay.table.TableName;

/**
 * Fills {@code gold.M}: computes the mart's query over its inputs as they are, all of it or for the
 * keys that may have changed, judges the result, and publishes it in one commit. Nothing is done
 * while inputs and configuration are those of the version that is published.
 *
 * <p>A mart of windows is appended to instead: its rows are windows that are closed, and never
 * change.
 *
 * <p>The account of a mart counts rows: {@code read} is what the query gave, {@code applied} what
 * changed, {@code filtered} what a person rejected. Of a full computation {@code read} and {@code
 * applied} are all rows. Where keys were computed, {@code read} are their rows, {@code unchanged}
 * those that are as they were, and {@code implied} those that went without another in their place;
 * these are among {@code applied}.
 *
 * <pre>
 *   spark-submit --class io.assay.gold.MartJob assay.jar --project conf daily_sales
 * </pre>
 */
public final class MartJob implements Job {
  private final Mart mart;

  public MartJob(Mart mart) {
    this.mart = mart;
  }

  /** One mart, as one process: see the line above. */
  public static void main(String[] args) {
    JobMain.run(args, MartJob::of);
  }

  private static Job of(Project project, String name) {
    Mart mart = project.marts().get(name);
    if (mart == null) {
      throw new AssayException(
          ExitCode.USAGE,
          "the project has no mart '" + name + "'" + Nearest.hint(name, project.marts().keySet()));
    }
    return new MartJob(mart);
  }

  @Override
  public TableName table() {
    return TableName.gold(mart.name());
  }

  /**
   * {@inheritDoc}
   *
   * @throws AssayException with exit code 4 if the query does not fit its tables or the contract,
   *     with 1 if an input does not exist yet
   */
  @Override
  public BatchResult run(JobContext context) {
    return context.protocol().run(work(context, mart));
  }

  static BatchWork work(JobContext context, Mart mart) {
    return mart.pipeline().windows().isPresent()
        ? new WindowWork(context, mart)
        : new MartWork(context, mart);
  }
}
