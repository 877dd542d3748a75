package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import io.assay.bronze.record.ReadingRules;
import io.assay.config.Source;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * @param notes what people should know, such as which files cannot be read
   */
  public record Rows(Dataset<Row> rows, List<String> notes) {
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
   * @throws io.assay.error.AssayException with exit code 5 if the folder does not exist
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

  /** Looks at the first file that has any content; empty if none has. */
  public <T> Optional<T> first(Look<T> look) {
    for (SourceFile file : files) {
      if (file.bytes() > 0) {
        Path path = new Path(file.path());
        try (InputStream stored = store.system(path).open(path)) {
          return Optional.of(look.at(file.path(), stored));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Prepares to read every file.
   *
   * @param columns the names of the fields of a CSV file without a header; else not used
   */
  public Rows rows(SparkSession spark, Source.Files source, List<String> columns) {
    ReadingRules rules = ReadingRules.of(source, columns);
    FileFormatReader reader =
        switch (source.format()) {
          case CSV, JSON, JSON_ARRAY, TEXT -> new TextFiles(spark, store, rules);
          case PARQUET, AVRO ->
              new TypedFiles(spark, store, source.format(), options, new StructType());
        };
    List<FileHead> heads = reader.heads(files);
    List<String> notes = new ArrayList<>();
    for (FileHead head : heads) {
      notes.addAll(head.notes());
      head.refusal().ifPresent(file -> notes.add(file.note()));
    }
    List<FileHead> readable = heads.stream().filter(head -> head.refusal().isEmpty()).toList();
    boolean typed =
        source.format() == Source.FileFormat.PARQUET || source.format() == Source.FileFormat.AVRO;
    return typed && readable.isEmpty()
        ? new Rows(spark.createDataFrame(List.of(), new StructType()), notes)
        : new Rows(reader.read(readable), notes);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
