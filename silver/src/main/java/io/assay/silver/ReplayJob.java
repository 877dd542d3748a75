package io.assay.silver;

import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.batch.BatchResult;
import io.assay.config.Dataset;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;

/**
 * Takes rows of a dataset from quarantine once more: by today's contract and rules, in their old
 * place in the order of events.
 */
public final class ReplayJob implements Job {
  private final Dataset dataset;
  private final Filter filter;

  /** A replay of those rows of one dataset that fit the filter. */
  public ReplayJob(Dataset dataset, Filter filter) {
    this.dataset = dataset;
    this.filter = filter;
  }

  @Override
  public TableName table() {
    return TableName.silver(dataset.name());
  }

  /**
   * Replays them.
   *
   * @throws io.assay.error.AssayException with exit code 3 if the contract's batch rules would hold
   *     a batch of them, with 1 if bronze was made anew and no run has seen it yet
   */
  @Override
  public BatchResult run(JobContext context) {
    CleanConfiguration configuration = CleanConfiguration.of(context.project(), dataset);
    CleanWork work =
        new CleanWork(
            context.spark(),
            context.project().warehouse(),
            configuration,
            dataset.pipeline().batch().rows());
    return context.protocol().replay(work, ledger -> work.replays(ledger, filter));
  }
}
