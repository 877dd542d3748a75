package io.assay.bronze.record;

import io.assay.config.Source;
import java.io.IOException;
import java.util.Optional;

/** A record a line: free text, or JSON Lines, where blank lines are gone over. */
final class LineRecords extends RecordReader {
  private final TextInput input;
  private final RecordText record;
  private final long limit;
  private final Optional<JsonCheck> json;
  private long ordinal;

  LineRecords(ReadingRules rules, String path, TextInput input) {
    super(path, input);
    this.input = input;
    this.limit = rules.recordBytes();
    this.record = new RecordText(limit);
    this.json =
        rules.format() == Source.FileFormat.JSON
            ? Optional.of(new JsonCheck(rules.depth()))
            : Optional.empty();
  }

  @Override
  FileRecord read() throws IOException {
    while (readLine()) {
      if (json.isEmpty() || !blank()) {
        ordinal++;
        return toRecord();
      }
    }
    return null;
  }

  private boolean readLine() throws IOException {
    record.clear();
    int c = input.read();
    if (c == TextInput.END) {
      return false;
    }
    while (c != '\n' && c != '\r' && c != TextInput.END) {
      record.add(c);
      input.readInto(record, '\n', '\r');
      c = input.read();
    }
    if (c == '\r') {
      input.skipLineFeed();
    }
    return true;
  }

  private FileRecord toRecord() {
    if (record.overLimit()) {
      return FileRecord.bad(ordinal, 1, Problems.overLimit(limit), record.reference());
    }
    if (record.undecodable()) {
      return FileRecord.bad(ordinal, 1, Problems.undecodable(input.charset()), record.text());
    }
    return json.isPresent()
        ? json.get().toRecord(ordinal, record)
        : FileRecord.good(ordinal, record.text());
  }

  private boolean blank() {
    if (record.overLimit()) {
      return false;
    }
    for (int i = 0; i < record.length(); i++) {
      if (!JsonCheck.isSpace(record.at(i))) {
        return false;
      }
    }
    return true;
  }
}
