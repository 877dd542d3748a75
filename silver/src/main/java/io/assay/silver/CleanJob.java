package io.assay.silver;

import io.assay.batch.BatchResult;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.job.JobMain;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;

/**
 * Cleans a dataset: what its bronze table has gained is conformed to the contract, judged, and
 * published in {@code silver.X}; what broke a rule goes to {@code quarantine.X}.
 *
 * <pre>
 *   spark-submit --class io.assay.silver.CleanJob assay.jar --project conf orders
 * </pre>
 */
public final class CleanJob implements Job {
  private final Dataset dataset;

  public CleanJob(Dataset dataset) {
    this.dataset = dataset;
  }

  /** Cleans one dataset as a whole process; {@link JobMain} says which arguments it takes. */
  public static void main(String[] args) {
    JobMain.run(args, CleanJob::of);
  }

  private static CleanJob of(Project project, String name) {
    Dataset dataset = project.datasets().get(name);
    if (dataset == null) {
      throw new AssayException(
          ExitCode.USAGE,
          "the project has no dataset '"
              + name
              + "'"
              + Nearest.hint(name, project.datasets().keySet()));
    }
    return new CleanJob(dataset);
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
