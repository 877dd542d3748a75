package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Shares files out to tasks. A file is read by one task; small files share one, so that neither
 * tasks nor the files they write are tiny.
 */
final class FileGroups {
  private static final long TASK_BYTES = 64L << 20;

  private FileGroups() {}

  /** Groups of files, of about equal size, none empty, each in order. */
  static List<ArrayList<SourceFile>> of(List<SourceFile> files, int parallelism) {
    long bytes = files.stream().mapToLong(SourceFile::bytes).sum();
    // Tasks of equal size come in rounds, and in a round that is not full, cores are idle.
    long round = TASK_BYTES * parallelism;
    long wanted = parallelism * Math.max(1, (bytes + round - 1) / round);
    int count = (int) Math.min(files.size(), wanted);
    PriorityQueue<Group> groups =
        new PriorityQueue<>(Comparator.comparingLong(Group::bytes).thenComparingInt(Group::number));
    for (int i = 0; i < count; i++) {
      groups.add(new Group(i, 0, new ArrayList<>()));
    }
    List<SourceFile> bySize = new ArrayList<>(files);
    bySize.sort(Comparator.comparingLong(SourceFile::bytes).reversed());
    for (SourceFile file : bySize) {
      Group smallest = groups.remove();
      smallest.files().add(file);
      // An empty file costs a little too; without that all of them would share one group.
      groups.add(
          new Group(smallest.number(), smallest.bytes() + file.bytes() + 1, smallest.files()));
    }
    return groups.stream()
        .map(Group::files)
        .peek(group -> group.sort(Comparator.comparing(SourceFile::path)))
        .toList();
  }

  private record Group(int number, long bytes, ArrayList<SourceFile> files) {}
}
