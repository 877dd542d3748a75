package io.assay.batch;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Small files that say how something stands now. Each has one writer, appears whole, and takes the
 * place of the one before. They tell; nothing is decided by them.
 */
public final class StatusFiles {
  private static final String ENDING = ".json";

  private final Path folder;
  private final LedgerStore store;

  public StatusFiles(Path folder, Configuration configuration) {
    this.folder = folder;
    this.store = new LedgerStore(folder, configuration);
  }

  public void write(String name, Object value) {
    store.replace(file(name), LedgerJson.bytes(value));
  }

  public void remove(String name) {
    store.delete(file(name));
  }

  /** All that are there. */
  public <T> List<T> read(Class<T> type) {
    return store.names(folder).stream()
        .filter(name -> name.endsWith(ENDING))
        .map(name -> store.read(new Path(folder, name)))
        .flatMap(Optional::stream)
        .map(bytes -> LedgerJson.read(bytes, type))
        .toList();
  }

  private Path file(String name) {
    return new Path(folder, name + ENDING);
  }
}
