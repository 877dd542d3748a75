package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import io.assay.config.Connection;
import io.assay.config.Project;
import io.assay.config.Source;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.store.StoreFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a source's files lie.
 *
 * @param pattern a Hadoop glob, absolute
 * @param options Hadoop settings of the connection
 */
record SourceFolder(Path pattern, Map<String, String> options) {
  private static final Set<String> OBJECT_STORES = Set.of("s3a", "gs", "wasb", "wasbs");
  private static final String GLOB = "*?[]{}\\";

  static SourceFolder of(Project project, Source.Files source) {
    if (source.connection().isEmpty()) {
      return new SourceFolder(below(project.root(), source.path()), Map.of());
    }
    String name = source.connection().get();
    if (project.settings().connections().get(name) instanceof Connection.Store store) {
      // Like every path of a project, a relative root starts at the project's folder.
      Path root = new Path(project.root(), withSlash(store.root()));
      return new SourceFolder(below(root, source.path()), store.options());
    }
    throw new AssayException(
        ExitCode.CONFIGURATION,
        "connection '" + name + "' is no file store: declare it in assay.yaml under connections");
  }

  /** A path never leaves its root, whatever it says. */
  private static Path below(Path root, String path) {
    if (new Path(path).isAbsolute() || new Path(path).toUri().getScheme() != null) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "source.path '%s' must be relative to %s: a root of its own is a connection"
              .formatted(path, root));
    }
    return new Path(withSlash(root.toString()), path);
  }

  FileStore store(Configuration base) {
    return new FileStore(base, options);
  }

  /**
   * The files that match, by path. A folder that matches stands for the files in it; names that
   * begin with an underscore or a dot are left out.
   *
   * @throws AssayException with exit code 5 if the folder does not exist or the store does not
   *     answer; with another if the store refuses us, or there is none
   */
  List<SourceFile> list(FileStore store) {
    try {
      FileSystem system = store.system(pattern);
      Path base = system.makeQualified(base());
      if (!system.exists(base)) {
        if (ofObjects(system)) {
          return List.of();
        }
        throw new AssayException(
            ExitCode.UNAVAILABLE,
            "the source folder "
                + base
                + " does not exist: create or mount it, or correct source.path");
      }
      FileStatus[] matches = system.globStatus(pattern);
      return matches == null ? List.of() : files(system, base, matches);
    } catch (IOException | RuntimeException e) {
      // A missing client is told by an exception that nobody declares.
      throw failure(e);
    }
  }

  private AssayException failure(Exception failure) {
    return failure instanceof AssayException known
        ? known
        : StoreFailure.of(failure, "It was to be listed: " + pattern)
            .orElseGet(
                () ->
                    new AssayException(
                        ExitCode.UNAVAILABLE,
                        "cannot list %s: %s. Check the store, then run again"
                            .formatted(pattern, failure.getMessage()),
                        failure));
  }

  /** In a store of objects a folder is there only while something is in it. */
  private static boolean ofObjects(FileSystem system) {
    return OBJECT_STORES.contains(system.getScheme());
  }

  private static List<SourceFile> files(FileSystem system, Path base, FileStatus[] matches)
      throws IOException {
    Stream<FileStatus> found = Stream.empty();
    for (FileStatus match : matches) {
      found = Stream.concat(found, match.isDirectory() ? inside(system, match) : Stream.of(match));
    }
    return found
        .filter(FileStatus::isFile)
        .filter(status -> !hidden(status.getPath(), base))
        .map(
            status ->
                new SourceFile(
                    status.getPath().toString(), status.getLen(), status.getModificationTime()))
        .distinct()
        .sorted(Comparator.comparing(SourceFile::path))
        .toList();
  }

  private static Stream<FileStatus> inside(FileSystem system, FileStatus folder)
      throws IOException {
    try {
      return Arrays.stream(system.listStatus(folder.getPath()));
    } catch (FileNotFoundException e) {
      return Stream.empty();
    }
  }

  private static boolean hidden(Path path, Path base) {
    for (Path part = path; part != null && !part.equals(base); part = part.getParent()) {
      if (part.getName().startsWith("_") || part.getName().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /** The deepest folder that the pattern names without a wildcard. */
  private Path base() {
    Path base = pattern.getParent() == null ? pattern : pattern.getParent();
    for (Path part = base; part.getParent() != null; part = part.getParent()) {
      if (part.getName().chars().anyMatch(c -> GLOB.indexOf(c) >= 0)) {
        base = part.getParent();
      }
    }
    return base;
  }

  private static Path withSlash(String root) {
    return new Path(root.endsWith("/") ? root : root + "/");
  }
}
