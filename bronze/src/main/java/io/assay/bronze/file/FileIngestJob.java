package io.assay.bronze.file;

import io.assay.batch.BatchResult;
import io.assay.config.Dataset;
import io.assay.config.Source;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Lands new files of a dataset in its bronze table. */
public final class FileIngestJob implements Job {
  private final Dataset dataset;
  private final Source.Files source;

  public FileIngestJob(Dataset dataset, Source.Files source) {
    this.dataset = dataset;
    this.source = source;
  }

  @Override
  public TableName table() {
    return TableName.bronze(dataset.name());
  }

  @Override
  public BatchResult run(JobContext context) {
    try (FileBatchWork work = new FileBatchWork(context, dataset, source)) {
      BatchResult result = context.protocol().run(work);
      List<String> notes = new ArrayList<>(result.notes());
      notes.addAll(work.changedFiles());
      return new BatchResult(
          result.table(),
          result.outcome(),
          result.account(),
          result.version(),
          result.exitCode(),
          notes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
