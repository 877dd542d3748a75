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
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The rows of some files, one file after the other, one record in memory. Values are placed by
 * their column's name, in whatever order a file's header has them. Rows are made as Spark holds
 * them, since turning others into those costs as much as finding the fields.
 */
final class TextRows implements Iterator<InternalRow>, AutoCloseable {
  private final FileStore store;
  private final ReadingRules rules;
  private final Iterator<SourceFile> files;
  private final Map<String, Integer> places;
  private UTF8String path = UTF8String.EMPTY_UTF8;
  private RecordReader reader;
  private int[] placeOf = {};
  private InternalRow next;

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
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    InternalRow row = next;
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
    path = UTF8String.fromString(file.path());
    reader = store.open(rules, file);
    placeOf =
        reader.columns().stream()
            .mapToInt(name -> places.get(name.toLowerCase(Locale.ROOT)))
            .toArray();
    return true;
  }

  private InternalRow row(FileRecord read) {
    Object[] values = new Object[places.size() + 3];
    for (int i = 0; i < placeOf.length; i++) {
      values[placeOf[i]] = UTF8String.fromString(read.values().get(i));
    }
    values[places.size()] = new GenericInternalRow(new Object[] {path, read.ordinal(), null});
    values[places.size() + 1] = UTF8String.fromString(read.problem());
    values[places.size() + 2] = UTF8String.fromString(read.raw());
    return new GenericInternalRow(values);
  }
}
