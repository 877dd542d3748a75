package io.assay.bronze.file;

import io.assay.batch.BatchResult;
import io.assay.bronze.landing.LandingWork;
import io.assay.config.Dataset;
import io.assay.config.Source;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.job.JobMain;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Lands new files of a dataset in its bronze table, {@code bronze.NAME}.
 *
 * <pre>{@code
 * spark-submit --class io.assay.bronze.file.FileIngestJob assay.jar --project PROJECT NAME
 * }</pre>
 */
public final class FileIngestJob implements Job {
  private final Dataset dataset;
  private final Source.Files source;

  public FileIngestJob(Dataset dataset, Source.Files source) {
    this.dataset = dataset;
    this.source = source;
  }

  public static void main(String[] args) {
    JobMain.run(args, new FileIngestion()::job);
  }

  @Override
  public TableName table() {
    return dataset.bronze();
  }

  @Override
  public BatchResult run(JobContext context) {
    try (FileSource files = new FileSource(context, dataset, source)) {
      return new LandingWork(context, table(), files).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
