package io.assay.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What runs did to one table: a file for each, in a folder for each month, in the order of names.
 */
public final class RunRecords {
  private static final String SUFFIX = ".json";

  private final LedgerStore store;
  private final Path root;

  RunRecords(LedgerStore store, Path root) {
    this.store = store;
    this.root = root;
  }

  /**
   * Records what a run did. Records are taken up in the order of their names: where a later one is
   * there already, whatever the clock says, this one comes behind it, in no month before.
   *
   * @param behind makes a run's name that sorts behind another
   */
  public void add(RunRecord run, UnaryOperator<String> behind) {
    Optional<Path> newest = newest().map(FileStatus::getPath);
    String runId =
        newest
            .map(RunRecords::runId)
            .filter(last -> last.compareTo(run.runId()) >= 0)
            .map(behind)
            .orElse(run.runId());
    String month = run.finishedAt().toString().substring(0, 7);
    String folder =
        newest
            .map(path -> path.getParent().getName())
            .filter(last -> last.compareTo(month) > 0)
            .orElse(month);
    Path file = new Path(root, folder + "/" + runId + SUFFIX);
    if (!store.create(file, LedgerJson.bytes(run.named(runId)))) {
      add(run, behind); // Another took the name meanwhile.
    }
  }

  /** What the newest run did; empty if there was none. */
  public Optional<RunRecord> last() {
    return newest().flatMap(this::read);
  }

  /** What runs after the given run did, oldest first. */
  public List<RunRecord> after(String runId) {
    List<RunRecord> runs = new ArrayList<>();
    for (String month : store.names(root)) {
      store.statuses(new Path(root, month)).stream()
          .filter(file -> runId(file.getPath()).compareTo(runId) > 0)
          .flatMap(file -> read(file).stream())
          .forEach(runs::add);
    }
    return runs;
  }

  private Optional<FileStatus> newest() {
    List<String> months = store.names(root);
    for (int i = months.size() - 1; i >= 0; i--) {
      List<FileStatus> runs = store.statuses(new Path(root, months.get(i)));
      if (!runs.isEmpty()) {
        return Optional.of(runs.get(runs.size() - 1));
      }
    }
    return Optional.empty();
  }

  private Optional<RunRecord> read(FileStatus file) {
    return store.read(file).map(bytes -> LedgerJson.read(bytes, RunRecord.class));
  }

  private static String runId(Path file) {
    return file.getName().substring(0, file.getName().length() - SUFFIX.length());
  }
}
