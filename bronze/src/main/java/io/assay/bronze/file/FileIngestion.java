package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import io.assay.batch.BatchLedger;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.config.Source;
import io.assay.job.Ingestion;
import io.assay.job.Job;
import io.assay.job.Pending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** How files come into bronze. */
public final class FileIngestion implements Ingestion {

  @Override
  public Class<Source.Files> source() {
    return Source.Files.class;
  }

  @Override
  public Job job(Dataset dataset) {
    return new FileIngestJob(dataset, files(dataset));
  }

  /** The new files and their sizes, by a look at the folder and the ledger. */
  @Override
  public Pending pending(Project project, Dataset dataset, Configuration configuration) {
    SourceFolder folder = SourceFolder.of(project, files(dataset));
    BatchLedger ledger = new BatchLedger(project.warehouse(), dataset.bronze(), configuration);
    try (FileStore store = folder.store(configuration)) {
      List<SourceFile> files =
          new FileLedger(ledger, configuration).seen().newOf(folder.list(store));
      return files.isEmpty()
          ? new Pending.Nothing()
          : new Pending.Files(files.size(), files.stream().mapToLong(SourceFile::bytes).sum());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Source.Files files(Dataset dataset) {
    return source().cast(dataset.pipeline().source());
  }
}
