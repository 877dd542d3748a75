package io.assay.config;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.store.HadoopSettings;
import io.assay.store.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The text files of a project, read once. Local ones are read without Hadoop, which alone takes
 * longer to start than a project takes to check.
 *
 * @param root the project's folder, absolute; for a zip, the folder it lies in
 * @param texts by path below the project's folder, in order
 */
record ProjectFiles(Path root, Map<String, String> texts) {
  private static final String MAIN = "assay.yaml";
  private static final List<String> PARTS = List.of("env", "datasets", "marts", "functions");
  private static final int FILE_BYTES = 4 << 20;

  /**
   * @throws AssayException if nothing can be read there
   */
  static ProjectFiles read(ProjectLocation location) {
    try {
      if (location.zipped()) {
        return zip(location);
      }
      return location.local() ? localFolder(location) : remoteFolder(location);
    } catch (IOException | RuntimeException e) {
      // Where S3's client is missing Hadoop throws what nobody declares.
      String what = "The project " + location.path() + " cannot be read";
      throw StoreFailure.of(e, what)
          .orElseGet(() -> new AssayException(ExitCode.CONFIGURATION, what + ": " + e, e));
    }
  }

  Optional<String> text(String file) {
    return Optional.ofNullable(texts.get(file));
  }

  private static ProjectFiles localFolder(ProjectLocation location) throws IOException {
    java.nio.file.Path folder = localPath(location.path());
    if (!Files.isDirectory(folder)) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "there is no project folder " + folder + ": give one with --project");
    }
    Map<String, String> texts = new TreeMap<>();
    take(texts, folder, folder.resolve(MAIN));
    for (String part : PARTS) {
      if (Files.isDirectory(folder.resolve(part))) {
        try (Stream<java.nio.file.Path> files = Files.walk(folder.resolve(part))) {
          for (java.nio.file.Path file : files.toList()) {
            take(texts, folder, file);
          }
        }
      }
    }
    return new ProjectFiles(qualified(folder), texts);
  }

  private static void take(
      Map<String, String> texts, java.nio.file.Path folder, java.nio.file.Path file)
      throws IOException {
    String name = folder.relativize(file).toString().replace('\\', '/');
    if (wanted(name) && Files.isRegularFile(file) && Files.size(file) <= FILE_BYTES) {
      texts.put(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }
  }

  private static ProjectFiles remoteFolder(ProjectLocation location) throws IOException {
    FileSystem files = location.path().getFileSystem(HadoopSettings.ofProcess());
    Path root = files.makeQualified(location.path());
    Map<String, String> texts = new TreeMap<>();
    for (FileStatus status : files.listStatus(root)) {
      if (status.isFile() || PARTS.contains(status.getPath().getName())) {
        RemoteIterator<LocatedFileStatus> listing = files.listFiles(status.getPath(), true);
        while (listing.hasNext()) {
          take(texts, files, root, listing.next());
        }
      }
    }
    return new ProjectFiles(root, texts);
  }

  private static void take(
      Map<String, String> texts, FileSystem files, Path root, FileStatus status)
      throws IOException {
    String name = root.toUri().relativize(status.getPath().toUri()).getPath();
    if (wanted(name) && status.getLen() <= FILE_BYTES) {
      try (InputStream in = files.open(status.getPath())) {
        texts.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  private static ProjectFiles zip(ProjectLocation location) throws IOException {
    byte[] bytes;
    Path folder;
    if (location.local()) {
      java.nio.file.Path file = localPath(location.path());
      bytes = Files.readAllBytes(file);
      folder = qualified(file.getParent());
    } else {
      FileSystem files = location.path().getFileSystem(HadoopSettings.ofProcess());
      folder = files.makeQualified(location.path()).getParent();
      try (InputStream in = files.open(location.path())) {
        bytes = in.readAllBytes();
      }
    }
    Map<String, String> texts = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory() && wanted(entry.getName())) {
          texts.put(entry.getName(), new String(in.readNBytes(FILE_BYTES), StandardCharsets.UTF_8));
        }
      }
    }
    return new ProjectFiles(folder, belowMain(texts));
  }

  /** A zip may hold the project's folder, or what is in it. */
  private static Map<String, String> belowMain(Map<String, String> texts) {
    String main =
        texts.keySet().stream()
            .filter(name -> name.equals(MAIN) || name.endsWith("/" + MAIN))
            .min(Comparator.comparingInt(String::length))
            .orElse(MAIN);
    String prefix = main.substring(0, main.length() - MAIN.length());
    Map<String, String> below = new TreeMap<>();
    texts.forEach(
        (name, text) -> {
          if (name.startsWith(prefix)) {
            below.put(name.substring(prefix.length()), text);
          }
        });
    return below;
  }

  private static boolean wanted(String name) {
    return name.endsWith(".yaml") || name.endsWith(".sql");
  }

  private static Path qualified(java.nio.file.Path folder) {
    return new Path("file", null, folder.toString());
  }

  private static java.nio.file.Path localPath(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath()).toAbsolutePath().normalize();
  }
}
