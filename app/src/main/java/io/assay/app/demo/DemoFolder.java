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
 * Where a demo works: a folder below the installation. It is removed and made anew each time, but
 * only if a demo itself made it.
 *
 * @param root absolute
 */
public record DemoFolder(Path root) {
  private static final String MARKER = "made-by-assay-demo";

  /** That of the story. */
  static DemoFolder in(Path installation) {
    return below(installation, ".assay/demo");
  }

  /** That of the live demo. */
  public static DemoFolder live(Path installation) {
    return below(installation, ".assay/live");
  }

  private static DemoFolder below(Path installation, String name) {
    return new DemoFolder(installation.toAbsolutePath().normalize().resolve(name));
  }

  /** Where the shop's files are delivered. */
  public Path landing() {
    return root.resolve("landing");
  }

  /** Where its tables lie. */
  public Path warehouse() {
    return root.resolve("warehouse");
  }

  /**
   * Empties the folder, or makes it.
   *
   * @throws AssayException if it holds something that the demo did not make
   */
  public void prepare() {
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
