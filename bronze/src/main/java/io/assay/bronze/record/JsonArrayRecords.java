package io.assay.bronze.record;

import java.io.IOException;

/**
 * One JSON document a file. The elements of an array are its records, read one by one; any other
 * document is one record.
 */
final class JsonArrayRecords extends RecordReader {
  private enum Place {
    START,
    IN_ARRAY,
    AFTER_ARRAY,
    DONE
  }

  private final TextInput input;
  private final RecordText record;
  private final long limit;
  private final JsonCheck json;
  private Place place = Place.START;
  private long ordinal;

  JsonArrayRecords(ReadingRules rules, String path, TextInput input) {
    super(path, input);
    this.input = input;
    this.limit = rules.recordBytes();
    this.record = new RecordText(limit);
    this.json = new JsonCheck(rules.depth());
  }

  @Override
  FileRecord read() throws IOException {
    return switch (place) {
      case START -> readStart();
      case IN_ARRAY -> readElement();
      case AFTER_ARRAY -> readAfterArray();
      case DONE -> null;
    };
  }

  private FileRecord readStart() throws IOException {
    int first = readPastSpace();
    if (first == '[') {
      place = Place.IN_ARRAY;
      return readElement();
    }
    place = Place.DONE;
    if (first == TextInput.END) {
      return input.empty() ? null : problem(Problems.NO_DOCUMENT);
    }
    readRest(first);
    return judged();
  }

  private FileRecord readElement() throws IOException {
    int end = readUpToSeparator();
    record.dropTrailingSpace();
    if (end == TextInput.END) {
      place = Place.DONE;
      return problem(Problems.ARRAY_NOT_CLOSED);
    }
    if (end == ']') {
      place = Place.AFTER_ARRAY;
      if (ordinal == 0 && record.isEmpty()) {
        return readAfterArray();
      }
    }
    return record.isEmpty() ? problem(Problems.malformedJson(1)) : judged();
  }

  /** Reads an element; strings and nested brackets hide the separators they hold. */
  private int readUpToSeparator() throws IOException {
    record.clear();
    int depth = 0;
    boolean inString = false;
    boolean escaped = false;
    int c = readPastSpace();
    while (c != TextInput.END) {
      if (inString) {
        inString = escaped || c != '"';
        escaped = !escaped && c == '\\';
      } else if (depth == 0 && (c == ',' || c == ']')) {
        return c;
      } else if (c == '"') {
        inString = true;
      } else if (c == '[' || c == '{') {
        depth++;
      } else if (depth > 0 && (c == ']' || c == '}')) {
        depth--;
      }
      record.add(c);
      c = input.read();
    }
    return c;
  }

  private FileRecord readAfterArray() throws IOException {
    place = Place.DONE;
    int next = readPastSpace();
    if (next == TextInput.END) {
      return null;
    }
    readRest(next);
    return problem(Problems.TEXT_AFTER_DOCUMENT);
  }

  private int readPastSpace() throws IOException {
    record.clear();
    int c = input.read();
    while (JsonCheck.isSpace(c)) {
      c = input.read();
    }
    return c;
  }

  private void readRest(int first) throws IOException {
    for (int c = first; c != TextInput.END; c = input.read()) {
      record.add(c);
    }
    record.dropTrailingSpace();
  }

  private FileRecord judged() {
    if (record.overLimit() || record.undecodable()) {
      return problem("");
    }
    return json.toRecord(++ordinal, record);
  }

  /** A problem record; what is wrong with the record's size or bytes comes first. */
  private FileRecord problem(String otherwise) {
    ordinal++;
    if (record.overLimit()) {
      return FileRecord.bad(ordinal, 1, Problems.overLimit(limit), record.reference());
    }
    String problem = record.undecodable() ? Problems.undecodable(input.charset()) : otherwise;
    return FileRecord.bad(ordinal, 1, problem, record.text());
  }
}
