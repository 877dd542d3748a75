package io.assay.bronze.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.SourceFile;
import io.assay.batch.BatchLedger;
import io.assay.batch.Intent;
import io.assay.batch.LedgerJson;
import io.assay.bronze.landing.PulledRange;
import io.assay.bronze.landing.PulledSource;
import io.assay.bronze.record.ReadingRules;
import io.assay.config.Dataset;
import io.assay.config.Source;
import io.assay.job.JobContext;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Files as a source of batches: a range is the next files that no batch has dealt with. */
final class FileSource implements PulledSource {
  private static final int NAMED = 5;

  private final JobContext context;
  private final Dataset dataset;
  private final Source.Files source;
  private final SourceFolder folder;
  private final FileStore store;
  private final FileLedger ledger;
  private final Set<String> taken = new HashSet<>();
  private List<SourceFile> listed;
  private List<SourceFile> changed = List.of();

  FileSource(JobContext context, Dataset dataset, Source.Files source) {
    this.context = context;
    this.dataset = dataset;
    this.source = source;
    this.folder = SourceFolder.of(context.project(), source);
    Configuration configuration = context.spark().sessionState().newHadoopConf();
    this.store = folder.store(configuration);
    this.ledger =
        new FileLedger(
            new BatchLedger(context.project().warehouse(), dataset.bronze(), configuration),
            configuration);
  }

  /** The folder is looked at once in a run, so that the run ends although files keep coming. */
  @Override
  public Optional<BatchInput> next(Optional<BatchInput> last) {
    if (listed == null) {
      listed = folder.list(store);
    }
    SeenFiles seen = ledger.seen();
    ledger.checkpoint();
    changed = listed.stream().filter(seen::isChanged).toList();
    // A file that is written all the time would be taken, and refused, again and again.
    List<SourceFile> next =
        seen.newOf(listed).stream()
            .filter(file -> !taken.contains(file.path()))
            .limit(dataset.pipeline().batch().files())
            .toList();
    next.forEach(file -> taken.add(file.path()));
    return next.isEmpty() ? Optional.empty() : Optional.of(new BatchInput.Files(next));
  }

  @Override
  public JsonNode configuration() {
    List<String> columns =
        dataset.contract().columns().stream()
            .map(column -> column.physicalName().orElse(column.name()))
            .toList();
    return LedgerJson.tree(ReadingRules.of(source, columns));
  }

  @Override
  public PulledRange range(Intent intent) {
    return new FileRange(context, store, folder.options(), ledger, intent);
  }

  /** Tells of files that were replaced after they landed. */
  @Override
  public List<String> notes() {
    if (changed.isEmpty()) {
      return List.of();
    }
    String names =
        String.join(", ", changed.stream().limit(NAMED).map(SourceFile::path).toList())
            + (changed.size() > NAMED ? ", …" : "");
    return List.of(
        "%d landed file%s changed since and will not be read again: %s. Deliver corrections under a new name"
            .formatted(changed.size(), changed.size() == 1 ? "" : "s", names));
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
