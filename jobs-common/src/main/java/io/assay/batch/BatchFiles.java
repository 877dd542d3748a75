package io.assay.batch;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The files of a table's batches, a thousand batches to a folder. They are written once, so what
 * was listed or read stays true; on a store in a network each look is a request.
 */
final class BatchFiles {
  static final String INTENT = ".intent.json";

  private static final int FOLDER_SIZE = 1000;
  private static final int RECENT = 4;

  private final LedgerStore store;
  private final Path root;
  private final boolean leased;
  private volatile long known;

  /** What lies in the newest folder. */
  private volatile Map<String, FileStatus> listed = Map.of();

  /** What was read last: a run asks for the newest batch several times. */
  private final Map<Path, Object> recent = new LinkedHashMap<>();

  /**
   * @param leased whether nobody else begins a batch meanwhile, so that the newest is looked for
   *     once
   */
  BatchFiles(LedgerStore store, Path root, boolean leased) {
    this.store = store;
    this.root = root;
    this.leased = leased;
  }

  /**
   * The newest number; 0 if there is none. Numbers have no gaps, so after the first listing it is
   * enough to look whether there is a next one; under a lease not even that.
   */
  long newest() {
    long number = known == 0 ? find() : known;
    while (!leased && number > 0 && store.exists(file(number + 1, INTENT))) {
      number++;
    }
    known = number;
    return number;
  }

  void begun(long batch) {
    known = batch;
  }

  private long find() {
    List<String> folders = store.names(root);
    for (int i = folders.size() - 1; i >= 0; i--) {
      Map<String, FileStatus> files = new HashMap<>();
      store
          .statuses(new Path(root, folders.get(i)))
          .forEach(file -> files.put(file.getPath().getName(), file));
      listed = files;
      long number =
          files.keySet().stream()
              .filter(name -> name.endsWith(INTENT))
              .mapToLong(BatchFiles::number)
              .max()
              .orElse(0);
      if (number > 0) {
        return number;
      }
    }
    return 0;
  }

  <T> Optional<T> read(long batch, String suffix, Class<T> type) {
    Path path = file(batch, suffix);
    Optional<T> read = recent(path).map(type::cast);
    if (read.isPresent()) {
      return read;
    }
    FileStatus known = listed.get(path.getName());
    Optional<T> value =
        (known == null ? store.read(path) : store.read(known))
            .map(bytes -> LedgerJson.read(bytes, type));
    value.ifPresent(present -> keep(path, present));
    return value;
  }

  private synchronized Optional<Object> recent(Path path) {
    return Optional.ofNullable(recent.get(path));
  }

  private synchronized void keep(Path path, Object value) {
    if (recent.size() >= RECENT && !recent.containsKey(path)) {
      recent.remove(recent.keySet().iterator().next());
    }
    recent.put(path, value);
  }

  Path file(long batch, String suffix) {
    return new Path(root, "%06d/%010d%s".formatted(batch / FOLDER_SIZE, batch, suffix));
  }

  private static long number(String name) {
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }
}
