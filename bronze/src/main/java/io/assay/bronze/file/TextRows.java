package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import io.assay.bronze.record.FileRecord;
import io.assay.bronze.record.ReadingRules;
import io.assay.bronze.record.RecordReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of some files, one file after the other, one record in memory. Values are placed by
 * their column's name, in whatever order a file's header has them.
 */
final class TextRows implements Iterator<Row>, AutoCloseable {
  private final FileStore store;
  private final ReadingRules rules;
  private final Iterator<SourceFile> files;
  private final Map<String, Integer> places;
  private String path = "";
  private RecordReader reader;
  private int[] placeOf = {};
  private Row next;

  /**
   * @param places of the columns in a row, by their names in lower case
   */
  TextRows(
      FileStore store, ReadingRules rules, List<SourceFile> files, Map<String, Integer> places) {
    this.store = store;
    this.rules = rules;
    this.files = files.iterator();
    this.places = places;
  }

  @Override
  public boolean hasNext() {
    while (next == null) {
      if (reader == null && !openNext()) {
        return false;
      }
      Optional<FileRecord> read = reader.next();
      if (read.isPresent()) {
        next = row(read.get());
      } else {
        close();
      }
    }
    return true;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Row row = next;
    next = null;
    return row;
  }

  @Override
  public void close() {
    if (reader == null) {
      return;
    }
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      reader = null;
    }
  }

  private boolean openNext() {
    if (!files.hasNext()) {
      return false;
    }
    SourceFile file = files.next();
    path = file.path();
    reader = store.open(rules, file);
    placeOf =
        reader.columns().stream()
            .mapToInt(name -> places.get(name.toLowerCase(Locale.ROOT)))
            .toArray();
    return true;
  }

  private Row row(FileRecord read) {
    Object[] values = new Object[places.size() + 3];
    for (int i = 0; i < placeOf.length; i++) {
      values[placeOf[i]] = read.values().get(i);
    }
    values[places.size()] = RowFactory.create(path, read.ordinal(), null);
    values[places.size() + 1] = read.problem();
    values[places.size() + 2] = read.raw();
    return RowFactory.create(values);
  }
}
