package io.assay.bronze.file;

import io.assay.batch.BatchResult;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.config.Source;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.job.JobMain;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
    JobMain.run(args, FileIngestJob::of);
  }

  /**
   * The job of a dataset.
   *
   * @throws AssayException with exit code 2 if the project has no dataset of that name, or it reads
   *     no files
   */
  public static FileIngestJob of(Project project, String name) {
    Dataset dataset = project.datasets().get(name);
    if (dataset != null && dataset.pipeline().source() instanceof Source.Files files) {
      return new FileIngestJob(dataset, files);
    }
    String readingFiles =
        project.datasets().values().stream()
            .filter(each -> each.pipeline().source() instanceof Source.Files)
            .map(Dataset::name)
            .collect(Collectors.joining(", "));
    throw new AssayException(
        ExitCode.USAGE,
        "%s: '%s' is no dataset that reads files; these do: %s"
            .formatted(project.root(), name, readingFiles));
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
