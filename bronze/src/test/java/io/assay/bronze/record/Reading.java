package io.assay.bronze.record;

import io.assay.config.Source;
import io.assay.config.Source.FileFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads whole files for tests. */
final class Reading {
  private Reading() {}

  static ReadingRules rules(FileFormat format) {
    return rules(format, "UTF-8", Source.Csv.DEFAULT, Source.Limits.DEFAULT);
  }

  static ReadingRules rules(
      FileFormat format, String encoding, Source.Csv csv, Source.Limits limits) {
    Source.Files source = new Source.Files(Optional.empty(), "in/*", format, encoding, csv, limits);
    return ReadingRules.of(source, List.of("a", "b", "c"));
  }

  static List<FileRecord> all(ReadingRules rules, String name, byte[] content) {
    return all(rules, name, new ByteArrayInputStream(content));
  }

  static List<FileRecord> all(ReadingRules rules, String name, InputStream content) {
    try (RecordReader reader = RecordReader.open(rules, name, content)) {
      List<FileRecord> records = new ArrayList<>();
      for (Optional<FileRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
        records.add(next.get());
      }
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<FileRecord> all(ReadingRules rules, String content) {
    return all(rules, "file", content.getBytes(StandardCharsets.UTF_8));
  }
}
