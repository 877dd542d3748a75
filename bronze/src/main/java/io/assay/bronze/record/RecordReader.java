package io.assay.bronze.record;

import io.assay.table.RowColumns;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The records of one text file, one after the other. */
public abstract class RecordReader implements Closeable {
  private final String path;
  private final TextInput input;

  RecordReader(String path, TextInput input) {
    this.path = path;
    this.input = input;
  }

  /**
   * Opens a file.
   *
   * @param path its name, which tells the compression
   * @param stored its bytes; closed with the reader
   * @throws UnreadableFile if it cannot be read as a whole: a corrupt archive, a header that makes
   *     no sense
   */
  @SuppressWarnings("MustBeClosedChecker")
  public static RecordReader open(ReadingRules rules, String path, InputStream stored) {
    try {
      InputStream bytes = Decompression.open(path, new StoredBytes(stored));
      TextInput input = new TextInput(bytes, rules.charset());
      return switch (rules.format()) {
        case CSV -> new CsvRecords(rules, path, input);
        case JSON, TEXT -> new LineRecords(rules, path, input);
        case JSON_ARRAY -> new JsonArrayRecords(rules, path, input);
        case PARQUET, AVRO ->
            throw new IllegalArgumentException(rules.format() + " is no text format");
      };
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The names of the values of each record. */
  public List<String> columns() {
    return List.of(RowColumns.VALUE);
  }

  /** What people should know of the file's header. */
  public List<String> notes() {
    return List.of();
  }

  /** Whether the file holds not a single byte, after decompression. */
  public boolean empty() {
    return input.empty();
  }

  /**
   * The next record; empty behind the last.
   *
   * @throws UnreadableFile if the file cannot be read any further
   */
  public final Optional<FileRecord> next() {
    try {
      return Optional.ofNullable(read());
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The next record; null behind the last. */
  abstract FileRecord read() throws IOException;

  @Override
  public void close() throws IOException {
    input.close();
  }

  private static UnreadableFile unreadable(String path, IOException e) {
    String kind =
        Decompression.compressed(path) ? "a truncated or corrupt archive" : "it cannot be read";
    return UnreadableFile.corrupt(path, kind + " (" + e.getMessage() + ")");
  }
}
