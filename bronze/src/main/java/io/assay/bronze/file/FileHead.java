package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import io.assay.bronze.record.ReadingRules;
import io.assay.bronze.record.RecordReader;
import io.assay.bronze.record.UnreadableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What the beginning of a text file tells before the batch starts.
 *
 * @param columns the names of its values
 * @param notes for people
 * @param records whether there may be any
 * @param refusal why the file cannot be read; empty if nothing is known against it
 */
record FileHead(
    SourceFile file,
    List<String> columns,
    List<String> notes,
    boolean records,
    Optional<RefusedFile> refusal) {

  /** Files smaller than this are looked through for a first record. */
  private static final long SMALL = 64 << 10;

  /** Reads a text file's header. */
  static FileHead read(FileStore store, ReadingRules rules, SourceFile file) {
    try (RecordReader reader = store.open(rules, file)) {
      List<String> notes = reader.notes().stream().map(note -> file.path() + ": " + note).toList();
      boolean records = file.bytes() >= SMALL || reader.next().isPresent();
      if (!records) {
        String kind = reader.empty() ? "is empty" : "holds no record";
        notes = List.of(file.path() + " " + kind + ": no rows");
      }
      return new FileHead(file, reader.columns(), notes, records, Optional.empty());
    } catch (UnreadableFile e) {
      return refused(RefusedFile.of(file, e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks at a Parquet or Avro file, whose columns its reader tells. */
  static FileHead typed(FileStore store, SourceFile file) {
    try {
      store.verify(file);
      if (file.bytes() == 0) {
        String reason = "it has no content, so it cannot be read in its format";
        return refused(new RefusedFile(file, reason, false));
      }
      return new FileHead(file, List.of(), List.of(), true, Optional.empty());
    } catch (UnreadableFile e) {
      return refused(RefusedFile.of(file, e));
    }
  }

  private static FileHead refused(RefusedFile refused) {
    return new FileHead(refused.file(), List.of(), List.of(), false, Optional.of(refused));
  }
}
