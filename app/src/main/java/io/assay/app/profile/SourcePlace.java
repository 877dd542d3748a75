package io.assay.app.profile;

import io.assay.config.Connection;
import io.assay.config.Project;
import io.assay.config.Source;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * Where files lie, as a person named them and as a pipeline can.
 *
 * @param pattern a Hadoop glob, absolute
 * @param options Hadoop settings of the connection
 * @param connection the store that {@code path} is relative to; empty: the project's folder
 * @param path as a pipeline has it; empty if the files lie below neither
 */
record SourcePlace(
    Path pattern, Map<String, String> options, Optional<String> connection, Optional<String> path) {
  private static final String SPECIAL = "*?[]{}\\";

  /**
   * Finds the place of a file, a folder or a glob.
   *
   * @param project whose folder and stores it may lie in
   * @throws AssayException with exit code 2 if there is no such local file
   */
  static SourcePlace of(Project project, String from) {
    String absolute = absolute(project, from);
    Optional<SourcePlace> own = below(absolute, project.root(), Optional.empty(), Map.of());
    if (own.isPresent()) {
      return own.get();
    }
    for (Map.Entry<String, Connection> each : project.settings().connections().entrySet()) {
      if (each.getValue() instanceof Connection.Store store) {
        Path root = new Path(project.root(), new Path(store.root()));
        Optional<SourcePlace> found =
            below(absolute, root, Optional.of(each.getKey()), store.options());
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    return new SourcePlace(new Path(absolute), Map.of(), Optional.empty(), Optional.empty());
  }

  /** The same, for the files that end so of a folder that was named. */
  SourcePlace ending(String ending) {
    String wanted = "/*" + ending;
    return new SourcePlace(
        new Path(pattern + wanted), options, connection, path.map(each -> each + wanted));
  }

  /** Whether the files of a local folder were asked for, rather than a file or a glob. */
  boolean isFolder() {
    return local(pattern.toString())
        && Files.isDirectory(java.nio.file.Path.of(pattern.toUri().getPath()));
  }

  /** The paths of the files directly in a local folder that bronze would read. */
  List<String> localFiles() {
    try (Stream<java.nio.file.Path> files =
        Files.list(java.nio.file.Path.of(pattern.toUri().getPath()))) {
      return files
          .filter(Files::isRegularFile)
          .map(java.nio.file.Path::toString)
          .filter(path -> !new Path(path).getName().matches("[_.].*"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The source as a pipeline has it; of files that no pipeline can name, their absolute path. */
  Source.Files files(Source.FileFormat format, String encoding, Source.Csv csv) {
    return new Source.Files(
        connection, path.orElse(pattern.toString()), format, encoding, csv, Source.Limits.DEFAULT);
  }

  private static Optional<SourcePlace> below(
      String absolute, Path root, Optional<String> connection, Map<String, String> options) {
    String base = plain(root.toString());
    String prefix = base.endsWith("/") ? base : base + "/";
    if (!absolute.startsWith(prefix) || absolute.length() == prefix.length()) {
      return Optional.empty();
    }
    return Optional.of(
        new SourcePlace(
            new Path(absolute),
            options,
            connection,
            Optional.of(absolute.substring(prefix.length()))));
  }

  /** Local files without a scheme, a literal name as a glob that means it. */
  private static String absolute(Project project, String from) {
    String plain = plain(from);
    if (!local(plain)) {
      return from;
    }
    java.nio.file.Path path = java.nio.file.Path.of(plain).toAbsolutePath().normalize();
    if (Files.exists(path)) {
      return path.toString().replaceAll("([\\\\{}\\[\\]*?])", "\\\\$1");
    }
    if (path.toString().chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0)) {
      String table =
          project.datasets().containsKey(from) ? "; the table is called silver." + from : "";
      throw new AssayException(
          ExitCode.USAGE,
          "there is no file " + path + ": name a file, a folder or a pattern" + table);
    }
    return path.toString();
  }

  private static boolean local(String path) {
    return !path.contains("://");
  }

  private static String plain(String path) {
    return path.startsWith("file:") ? path.replaceFirst("file:/+", "/") : path;
  }
}
