package io.assay.bronze.jdbc;

import io.assay.batch.BatchResult;
import io.assay.bronze.landing.LandingWork;
import io.assay.config.Dataset;
import io.assay.config.Source;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.job.JobMain;
import io.assay.table.TableName;

/**
 * Lands new rows of a dataset's table, or a snapshot of it, in its bronze table, {@code
 * bronze.NAME}.
 *
 * <pre>{@code
 * spark-submit --class io.assay.bronze.jdbc.JdbcIngestJob assay.jar --project PROJECT NAME
 * }</pre>
 */
public final class JdbcIngestJob implements Job {
  private final Dataset dataset;
  private final Source.Jdbc source;

  public JdbcIngestJob(Dataset dataset, Source.Jdbc source) {
    this.dataset = dataset;
    this.source = source;
  }

  public static void main(String[] args) {
    JobMain.run(args, new JdbcIngestion()::job);
  }

  @Override
  public TableName table() {
    return dataset.bronze();
  }

  @Override
  public BatchResult run(JobContext context) {
    try (JdbcSource rows = new JdbcSource(context, dataset, source)) {
      return new LandingWork(context, table(), rows).run();
    }
  }
}
