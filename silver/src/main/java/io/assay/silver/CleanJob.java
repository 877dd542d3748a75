package io.assay.silver;

import io.assay.batch.BatchResult;
import io.assay.config.Dataset;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.table.TableName;

/**
 * Cleans a dataset: what its bronze table has gained is conformed to the contract, judged, and
 * published in {@code silver.X}; what broke a rule goes to {@code quarantine.X}.
 */
public final class CleanJob implements Job {
  private final Dataset dataset;

  public CleanJob(Dataset dataset) {
    this.dataset = dataset;
  }

  @Override
  public TableName table() {
    return TableName.silver(dataset.name());
  }

  @Override
  public BatchResult run(JobContext context) {
    CleanConfiguration configuration = CleanConfiguration.of(context.project(), dataset);
    return context
        .protocol()
        .run(
            new CleanWork(
                context.spark(),
                context.project().warehouse(),
                configuration,
                dataset.pipeline().batch().rows()));
  }
}
