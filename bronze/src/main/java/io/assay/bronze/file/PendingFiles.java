package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import io.assay.batch.BatchLedger;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.config.Source;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * What a dataset's next run would read.
 *
 * @param files how many new files there are
 * @param bytes their sizes, as stored
 */
public record PendingFiles(long files, long bytes) {

  /**
   * Looks at the source and the ledger; needs no Spark and writes nothing.
   *
   * @throws io.assay.error.AssayException with exit code 5 if the source does not answer
   */
  public static PendingFiles of(
      Project project, Dataset dataset, Source.Files source, Configuration configuration) {
    SourceFolder folder = SourceFolder.of(project, source);
    BatchLedger ledger =
        new BatchLedger(project.warehouse(), TableName.bronze(dataset.name()), configuration);
    try (FileStore store = folder.store(configuration)) {
      List<SourceFile> pending =
          new FileLedger(ledger, configuration).seen().newOf(folder.list(store));
      return new PendingFiles(pending.size(), pending.stream().mapToLong(SourceFile::bytes).sum());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
