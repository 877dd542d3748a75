package io.assay.app.demo;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the demo works: {@code .assay/demo} below the installation. It is removed and made anew
 * each time, but only if the demo itself made it.
 *
 * @param root absolute
 */
record DemoFolder(Path root) {
  private static final String MARKER = "made-by-assay-demo";

  static DemoFolder in(Path installation) {
    return new DemoFolder(installation.toAbsolutePath().normalize().resolve(".assay/demo"));
  }

  Path landing() {
    return root.resolve("landing");
  }

  Path warehouse() {
    return root.resolve("warehouse");
  }

  /**
   * Empties the folder, or makes it.
   *
   * @throws AssayException if it holds something that the demo did not make
   */
  void prepare() {
    try {
      if (Files.exists(root)) {
        refuseForeign();
        delete();
      }
      Files.createDirectories(landing());
      Files.writeString(
          root.resolve(MARKER),
          "assay demo made this folder, and removes it when it runs again.\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + root, e);
    }
  }

  private void refuseForeign() throws IOException {
    try (Stream<Path> content = Files.list(root)) {
      if (content.findAny().isPresent() && !Files.exists(root.resolve(MARKER))) {
        throw new AssayException(
            ExitCode.FAILURE,
            root + " was not made by the demo, so it is left alone: move it away, then run again");
      }
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> content = Files.walk(root)) {
      List<Path> deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }
}
