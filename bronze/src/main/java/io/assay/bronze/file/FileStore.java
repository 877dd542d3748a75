package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import io.assay.bronze.record.ReadingRules;
import io.assay.bronze.record.RecordReader;
import io.assay.bronze.record.SourceFailure;
import io.assay.bronze.record.UnreadableFile;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Opens the files of one source, on the driver and on executors, with the source's own Hadoop
 * settings. A store with settings of its own gets file systems of its own, for Hadoop would hand
 * out one that another source configured.
 */
final class FileStore implements Serializable, Closeable {
  private static final long serialVersionUID = 1L;

  private final SerializableConfiguration configuration;
  private final boolean shared;
  private transient Map<String, FileSystem> opened;

  /**
   * @param base Hadoop's settings; not changed
   * @param options what the connection sets on top
   */
  FileStore(Configuration base, Map<String, String> options) {
    Configuration own = new Configuration(base);
    options.forEach(own::set);
    this.configuration = new SerializableConfiguration(own);
    this.shared = options.isEmpty();
  }

  synchronized FileSystem system(Path path) throws IOException {
    if (shared) {
      return path.getFileSystem(configuration.value());
    }
    if (opened == null) {
      opened = new HashMap<>();
      closeWithTask();
    }
    FileSystem system = opened.get(authority(path));
    if (system == null) {
      system = FileSystem.newInstance(path.toUri(), configuration.value());
      opened.put(authority(path), system);
    }
    return system;
  }

  /**
   * Opens a text file.
   *
   * @throws UnreadableFile if it is gone, or is not what was listed, or cannot be read as a whole
   * @throws SourceFailure if the store does not answer
   */
  RecordReader open(ReadingRules rules, SourceFile file) {
    Path path = new Path(file.path());
    try {
      return RecordReader.open(
          rules, file.path(), new ExpectedBytes(file, system(path).open(path)));
    } catch (FileNotFoundException e) {
      throw gone(file);
    } catch (IOException e) {
      throw new SourceFailure(e);
    }
  }

  /**
   * Makes sure that a file is there as it was listed.
   *
   * @throws UnreadableFile if it is gone, or has another length
   * @throws SourceFailure if the store does not answer
   */
  void verify(SourceFile file) {
    Path path = new Path(file.path());
    try {
      if (system(path).getFileStatus(path).getLen() != file.bytes()) {
        throw ExpectedBytes.changed(file);
      }
    } catch (FileNotFoundException e) {
      throw gone(file);
    } catch (IOException e) {
      throw new SourceFailure(e);
    }
  }

  private static UnreadableFile gone(SourceFile file) {
    return UnreadableFile.unsettled(file.path(), "it is no longer there");
  }

  @Override
  public synchronized void close() throws IOException {
    if (opened != null) {
      for (FileSystem system : opened.values()) {
        system.close();
      }
      opened = null;
    }
  }

  /** Each task has a copy of this, and what it opened holds connections and threads. */
  private void closeWithTask() {
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener(
          (TaskCompletionListener)
              ended -> {
                try {
                  close();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private static String authority(Path path) {
    return path.toUri().getScheme() + "://" + path.toUri().getAuthority();
  }
}
