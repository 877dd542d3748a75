package io.assay.bronze.http;

import io.assay.batch.BatchResult;
import io.assay.bronze.landing.LandingWork;
import io.assay.config.Dataset;
import io.assay.config.Source;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.job.JobMain;
import io.assay.table.TableName;

/**
 * Lands what an endpoint of an HTTP API answers in a dataset's bronze table, {@code bronze.NAME}:
 * each page is a row.
 *
 * <pre>{@code
 * spark-submit --class io.assay.bronze.http.HttpIngestJob assay.jar --project PROJECT NAME
 * }</pre>
 */
public final class HttpIngestJob implements Job {
  private final Dataset dataset;
  private final Source.Http source;

  public HttpIngestJob(Dataset dataset, Source.Http source) {
    this.dataset = dataset;
    this.source = source;
  }

  public static void main(String[] args) {
    JobMain.run(args, new HttpIngestion()::job);
  }

  @Override
  public TableName table() {
    return dataset.bronze();
  }

  @Override
  public BatchResult run(JobContext context) {
    try (HttpSource endpoint = new HttpSource(context, dataset, source)) {
      return new LandingWork(context, table(), endpoint).run();
    }
  }
}
