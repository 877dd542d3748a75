package io.assay.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Copies of table folders that cost next to nothing: data files, which nobody ever writes again,
 * are hard links; logs are copied, because some of their files are overwritten in place.
 */
public final class LinkedCopy {
  private LinkedCopy() {}

  /** Makes {@code to}, which is removed first, a copy of {@code from}. */
  public static void make(Path from, Path to) throws IOException {
    remove(to);
    try (Stream<Path> found = Files.walk(from)) {
      for (Path path : (Iterable<Path>) found::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else if (isLog(from.relativize(path))) {
          Files.copy(path, target);
        } else {
          Files.createLink(target, path);
        }
      }
    }
  }

  public static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      found
          .sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private static boolean isLog(Path path) {
    for (Path part : path) {
      String name = part.toString();
      if (name.equals("_delta_log") || name.startsWith(".hoodie")) {
        return true;
      }
    }
    return false;
  }
}
