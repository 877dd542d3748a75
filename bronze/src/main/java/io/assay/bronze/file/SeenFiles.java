package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files that finished batches have dealt with. A file is known by its path. One that landed is
 * never read again; one that was refused is new again once it is another file by size or time. Of a
 * file that was not there as it was listed nothing is remembered.
 */
final class SeenFiles {
  private final Map<String, Seen> byPath = new HashMap<>();

  /** What became of a file. */
  record Seen(String path, long bytes, long modified, boolean refused) {
    private boolean same(SourceFile file) {
      return bytes == file.bytes() && modified == file.modified();
    }
  }

  void add(Seen seen) {
    byPath.put(seen.path(), seen);
  }

  void add(SourceFile file, boolean refused) {
    add(new Seen(file.path(), file.bytes(), file.modified(), refused));
  }

  boolean isNew(SourceFile file) {
    Seen seen = byPath.get(file.path());
    return seen == null || (seen.refused() && !seen.same(file));
  }

  /** Whether it landed and has been replaced since. */
  boolean isChanged(SourceFile file) {
    Seen seen = byPath.get(file.path());
    return seen != null && !seen.refused() && !seen.same(file);
  }

  List<SourceFile> newOf(List<SourceFile> files) {
    return files.stream().filter(this::isNew).toList();
  }

  Stream<Seen> all() {
    return byPath.values().stream();
  }
}
