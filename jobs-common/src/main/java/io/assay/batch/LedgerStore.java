package io.assay.batch;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.util.functional.FutureIO;

/**
 * Small files that appear whole or not at all, and never replace one another. A local file is
 * linked into place and an HDFS file renamed without overwriting; both are atomic. Other stores are
 * asked not to overwrite, which they do not guarantee between two writers: see {@link #atomic()}.
 */
final class LedgerStore {
  private static final Set<String> ATOMIC_RENAME =
      Set.of("hdfs", "viewfs", "webhdfs", "abfs", "abfss");

  private final FileSystem files;
  private final Configuration configuration;

  LedgerStore(Path root, Configuration configuration) {
    this.configuration = configuration;
    try {
      this.files = root.getFileSystem(configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether {@link #create} decides between two writers. */
  boolean atomic() {
    return local() || ATOMIC_RENAME.contains(files.getScheme());
  }

  /** Creates the file with this content; false if it was there before. */
  boolean create(Path path, byte[] content) {
    try {
      if (local()) {
        return createLocal(java.nio.file.Path.of(path.toUri().getPath()), content);
      }
      return ATOMIC_RENAME.contains(files.getScheme())
          ? createByRename(path, content)
          : createUnlessThere(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a file in the place of the one that may be there; readers see one or the other. */
  void replace(Path path, byte[] content) {
    Path draft = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
    try {
      if (local()) {
        java.nio.file.Path target = java.nio.file.Path.of(path.toUri().getPath());
        java.nio.file.Path beside = java.nio.file.Path.of(draft.toUri().getPath());
        Files.createDirectories(target.getParent());
        Files.write(beside, content);
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
      } else if (ATOMIC_RENAME.contains(files.getScheme())) {
        write(draft, content, false);
        FileContext.getFileContext(files.getUri(), configuration)
            .rename(draft, path, Options.Rename.OVERWRITE);
      } else {
        // An object appears when it is written to its end.
        write(path, content, true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<byte[]> read(Path path) {
    try (var in = files.open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file that was listed; a store need not be asked for more than its bytes. */
  Optional<byte[]> read(FileStatus file) {
    try (var in =
        FutureIO.awaitFuture(files.openFile(file.getPath()).withFileStatus(file).build())) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names in a folder, sorted; none if there is no such folder. */
  List<String> names(Path folder) {
    return statuses(folder).stream().map(status -> status.getPath().getName()).toList();
  }

  /** The entries of a folder, sorted by name; none if there is no such folder. */
  List<FileStatus> statuses(Path folder) {
    try {
      return Arrays.stream(files.listStatus(folder))
          .filter(status -> !status.getPath().getName().startsWith("."))
          .sorted((a, b) -> a.getPath().getName().compareTo(b.getPath().getName()))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(Path path) {
    try {
      files.delete(path, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean exists(Path path) {
    try {
      return files.exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean local() {
    return "file".equals(files.getScheme());
  }

  private static boolean createLocal(java.nio.file.Path path, byte[] content) throws IOException {
    Files.createDirectories(path.getParent());
    java.nio.file.Path draft =
        path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
    Files.write(draft, content);
    try {
      Files.createLink(path, draft);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.delete(draft);
    }
  }

  private boolean createByRename(Path path, byte[] content) throws IOException {
    Path draft = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
    write(draft, content, false);
    try {
      FileContext.getFileContext(files.getUri(), configuration)
          .rename(draft, path, Options.Rename.NONE);
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      files.delete(draft, false);
      return false;
    }
  }

  private boolean createUnlessThere(Path path, byte[] content) throws IOException {
    try {
      write(path, content, false);
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    }
  }

  private void write(Path path, byte[] content, boolean overwrite) throws IOException {
    try (FSDataOutputStream out = files.create(path, overwrite)) {
      out.write(content);
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
    }
  }
}
