package io.assay.silver;

import io.assay.batch.BatchResult;
import io.assay.config.Dataset;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.util.function.Consumer;

/**
 * Makes a silver table anew from bronze, with the configuration as it is now and the decisions as
 * they were recorded, beside the table that people read; and puts it in that one's place.
 */
public final class RebuildJob implements Job {
  private final Dataset dataset;
  private final Consumer<RebuildPreview> listener;

  /**
   * A rebuild of one dataset.
   *
   * @param listener is told what differs, before anything is changed
   */
  public RebuildJob(Dataset dataset, Consumer<RebuildPreview> listener) {
    this.dataset = dataset;
    this.listener = listener;
  }

  @Override
  public TableName table() {
    return TableName.silver(dataset.name());
  }

  /**
   * Rebuilds, and puts the rebuilt table in the place of the other unless both are the same.
   *
   * @throws io.assay.error.AssayException with exit code 3 if a batch would be held, with 4 if the
   *     dataset keeps its history in another way than its tables do
   */
  @Override
  public BatchResult run(JobContext context) {
    return rebuild(context).apply(context.protocol(), listener);
  }

  /** Rebuilds, tells the listener what differs, and changes nothing. */
  public void rehearse(JobContext context) {
    listener.accept(rebuild(context).rehearse(context.protocol()));
  }

  private Rebuild rebuild(JobContext context) {
    CleanWork work =
        new CleanWork(
            context.spark(),
            context.project().warehouse(),
            CleanConfiguration.of(context.project(), dataset),
            dataset.pipeline().batch().rows());
    return new Rebuild(
        context.spark(),
        context.project().warehouse(),
        work,
        context.decision(),
        context.clock().instant());
  }
}
