package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import io.assay.bronze.record.ReadingRules;
import io.assay.bronze.record.SourceFailure;
import io.assay.bronze.record.UnreadableFile;
import io.assay.config.Source;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Files as bronze would read them, read to be looked at: nothing lands, and no ledger knows of it.
 * Open until it is closed, for its rows are read when they are asked for.
 */
public final class FilePreview implements Closeable {
  private final FileStore store;
  private final Map<String, String> options;
  private final List<SourceFile> files;

  private FilePreview(FileStore store, Map<String, String> options, List<SourceFile> files) {
    this.store = store;
    this.options = options;
    this.files = files;
  }

  /**
   * The rows of all files.
   *
   * @param rows the source's columns, and {@code _source}, {@code _problem} and {@code _raw}
   * @param files how many files they are from
   * @param notes what people should know, such as which files cannot be read
   */
  public record Rows(Dataset<Row> rows, int files, List<String> notes) {
    public Rows {
      notes = List.copyOf(notes);
    }
  }

  /** How to open a file. */
  public interface Look<T> {
    T at(String path, InputStream stored) throws IOException;
  }

  /**
   * Lists the files that match.
   *
   * @param pattern a Hadoop glob, absolute
   * @param options Hadoop settings of their store
   * @throws AssayException with exit code 5 if the folder does not exist
   */
  public static FilePreview of(Path pattern, Map<String, String> options, Configuration base) {
    SourceFolder folder = new SourceFolder(pattern, options);
    FileStore store = folder.store(base);
    return new FilePreview(store, options, folder.list(store));
  }

  /** The paths of the files, in order. */
  public List<String> paths() {
    return files.stream().map(SourceFile::path).toList();
  }

  /**
   * Looks at the first file that has any content; empty if none has. A file that cannot be
   * decompressed is passed over, as {@link #study} will leave it out.
   *
   * @throws AssayException with exit code 5 if the store fails
   */
  public <T> Optional<T> first(Look<T> look) {
    for (SourceFile file : files) {
      Optional<T> seen = file.bytes() > 0 ? look(look, file) : Optional.empty();
      if (seen.isPresent()) {
        return seen;
      }
    }
    return Optional.empty();
  }

  private <T> Optional<T> look(Look<T> look, SourceFile file) {
    Path path = new Path(file.path());
    try (InputStream stored = store.system(path).open(path)) {
      return decompressed(look, file, stored);
    } catch (IOException | SourceFailure e) {
      throw new AssayException(
          ExitCode.UNAVAILABLE,
          "cannot read "
              + file.path()
              + ": "
              + e.getMessage()
              + ". Check the store, then try again",
          e);
    }
  }

  private static <T> Optional<T> decompressed(Look<T> look, SourceFile file, InputStream stored) {
    try {
      return Optional.of(look.at(file.path(), stored));
    } catch (UnreadableFile | IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Studies the rows of every file that can be read to its end; the others are left out, and notes
   * say which and why.
   *
   * @param columns the names of the fields of a CSV file without a header; else not used
   * @param study reads the rows before it returns; called once more if a file proves to be
   *     unreadable
   * @throws AssayException with exit code 3 if no file can be read, with 5 if the store fails
   */
  public <T> T study(
      SparkSession spark, Source.Files source, List<String> columns, Function<Rows, T> study) {
    ReadingRules rules = ReadingRules.of(source, columns);
    FileFormatReader reader =
        switch (source.format()) {
          case CSV, JSON, JSON_ARRAY, TEXT -> new TextFiles(spark, store, rules);
          case PARQUET, AVRO ->
              new TypedFiles(spark, store, source.format(), options, new StructType());
        };
    List<FileHead> heads = heads(reader);
    List<RefusedFile> refused = new ArrayList<>();
    heads.forEach(head -> head.refusal().ifPresent(refused::add));
    try {
      return study.apply(rows(reader, heads, refused));
    } catch (AssayException e) {
      throw e;
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      List<RefusedFile> found = reader.unreadable(readable(heads, refused));
      if (found.isEmpty()) {
        throw ReadFailure.orItself(e);
      }
      refused.addAll(found);
      return study.apply(rows(reader, heads, refused));
    }
  }

  private List<FileHead> heads(FileFormatReader reader) {
    try {
      return reader.heads(files);
    } catch (SourceFailure e) {
      throw ReadFailure.orItself(e);
    }
  }

  private static Rows rows(
      FileFormatReader reader, List<FileHead> heads, List<RefusedFile> refused) {
    List<FileHead> readable = readable(heads, refused);
    List<String> notes = new ArrayList<>();
    readable.forEach(head -> notes.addAll(head.notes()));
    refused.forEach(
        file -> notes.add("%s is left out: %s".formatted(file.file().path(), file.reason())));
    if (readable.isEmpty()) {
      throw new AssayException(
          ExitCode.QUALITY,
          "nothing can be read. " + String.join("; ", notes) + ". Ask for the file again");
    }
    return new Rows(reader.read(readable), readable.size(), notes);
  }

  private static List<FileHead> readable(List<FileHead> heads, List<RefusedFile> refused) {
    Set<SourceFile> out = refused.stream().map(RefusedFile::file).collect(Collectors.toSet());
    return heads.stream().filter(head -> !out.contains(head.file())).toList();
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
