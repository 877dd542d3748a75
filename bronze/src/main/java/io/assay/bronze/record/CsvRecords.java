package io.assay.bronze.record;

import java.io.IOException;
import java.util.List;

/** CSV: the fields of each record by the header's names, or the contract's. */
final class CsvRecords extends RecordReader {
  private final TextInput input;
  private final ReadingRules rules;
  private final CsvScanner scanner;
  private final RecordText record;
  private final int expected;
  private final ColumnNames columns;
  private long ordinal;

  CsvRecords(ReadingRules rules, String path, TextInput input) throws IOException {
    super(path, input);
    this.input = input;
    this.rules = rules;
    this.record = new RecordText(rules.recordBytes());
    this.scanner = new CsvScanner(rules, input, record);
    this.columns = ColumnNames.of(rules.header() ? readHeader(path) : rules.columns());
    this.expected = columns.names().size();
  }

  @Override
  public List<String> columns() {
    return columns.names();
  }

  @Override
  public List<String> notes() {
    return columns.notes();
  }

  @Override
  FileRecord read() throws IOException {
    if (!scanner.next()) {
      return null;
    }
    ordinal++;
    if (record.overLimit()) {
      return problem(Problems.overLimit(rules.recordBytes()), record.reference());
    }
    if (problem() != null) {
      return problem(problem(), record.text());
    }
    String[] values = new String[expected];
    for (int i = 0; i < expected; i++) {
      values[i] = scanner.field(i);
    }
    return FileRecord.good(ordinal, values);
  }

  private List<String> readHeader(String path) throws IOException {
    if (!scanner.next()) {
      return List.of();
    }
    String problem = record.overLimit() ? Problems.overLimit(rules.recordBytes()) : unreadable();
    if (problem != null) {
      throw UnreadableFile.corrupt(path, "its header cannot be read (" + problem + ")");
    }
    return scanner.fields();
  }

  private String problem() {
    String problem = unreadable();
    if (problem == null && scanner.fieldCount() != expected) {
      return Problems.ragged(scanner.fieldCount(), rules.header(), expected);
    }
    return problem;
  }

  private String unreadable() {
    return record.undecodable() ? Problems.undecodable(input.charset()) : scanner.problem();
  }

  private FileRecord problem(String problem, String raw) {
    return FileRecord.bad(ordinal, expected, problem, raw);
  }
}
