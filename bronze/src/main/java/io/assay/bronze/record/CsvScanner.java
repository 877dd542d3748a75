package io.assay.bronze.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the records of a CSV file and the fields in them, after RFC 4180. What is wrong with a
 * record is told, and reading goes on behind it:
 *
 * <ul>
 *   <li>A quote that is never closed spoils its first line only; the next line is read anew. Else
 *       one stray quote would swallow the rest of the file.
 *   <li>Text behind a closing quote belongs to its field; the record ends where it would have.
 *   <li>A quote inside an unquoted field is a character like any other.
 * </ul>
 */
final class CsvScanner {
  private static final int NONE = -2;

  /** What a scan of one field returns when a delimiter, and so another field, follows. */
  private static final int DELIMITER = -3;

  private final TextInput input;
  private final RecordText record;
  private final String delimiter;
  private final int quote;
  private final int escape;
  private final int comment;

  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private boolean[] quoted = new boolean[16];
  private int count;
  private String problem;
  private int firstLineBreak;

  CsvScanner(ReadingRules rules, TextInput input, RecordText record) {
    this.input = input;
    this.record = record;
    this.delimiter = rules.delimiter();
    this.quote = character(rules.quote());
    this.escape = character(rules.escape());
    this.comment = character(rules.comment());
  }

  /** Goes to the next record that is not blank and no comment; false behind the last. */
  boolean next() throws IOException {
    while (true) {
      int first = input.read();
      if (first == TextInput.END) {
        return false;
      }
      if (first == comment) {
        skipLine();
      } else {
        scan(first);
        if (!record.isEmpty() || problem != null) {
          return true;
        }
      }
    }
  }

  int fieldCount() {
    return count;
  }

  /** What is wrong with the quotes of the record; null if nothing is. */
  String problem() {
    return problem;
  }

  /** A field: null if there is nothing between its delimiters, empty if there are quotes. */
  String field(int index) {
    int start = starts[index];
    int end = ends[index];
    if (!quoted[index]) {
      return start == end ? null : record.text(start, end);
    }
    StringBuilder text = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = record.at(i);
      boolean escapes = c == escape && i + 1 < end && escapable(record.at(i + 1));
      text.append(escapes ? record.at(++i) : c);
    }
    return text.toString();
  }

  List<String> fields() {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      fields.add(field(i));
    }
    return fields;
  }

  private void scan(int first) throws IOException {
    record.clear();
    count = 0;
    problem = null;
    firstLineBreak = -1;
    int end = scanField(first);
    while (end == DELIMITER) {
      end = scanField(input.read());
    }
    if (end == '\r') {
      input.skipLineFeed();
    }
  }

  /** Scans a field from its first character; returns what ended it. */
  private int scanField(int first) throws IOException {
    if (first != quote) {
      return scanPlain(first, record.length(), NONE);
    }
    record.add(first);
    int start = record.length();
    int next = scanQuoted();
    if (next == NONE) {
      return TextInput.END;
    }
    return scanPlain(next, start, record.length() - 1);
  }

  /**
   * Scans up to a delimiter or the record's end.
   *
   * @param start of the field's text
   * @param closingQuote where the field's text ended in a quote, or {@link #NONE}
   */
  private int scanPlain(int first, int start, int closingQuote) throws IOException {
    int matched = 0;
    int c = first;
    while (c != '\n' && c != '\r' && c != TextInput.END) {
      record.add(c);
      matched = c == delimiter.charAt(matched) ? matched + 1 : c == delimiter.charAt(0) ? 1 : 0;
      if (matched == delimiter.length()) {
        addField(start, record.length() - matched, closingQuote);
        return DELIMITER;
      }
      if (matched == 0) {
        input.readInto(record, delimiter.charAt(0), NONE);
      }
      c = input.read();
    }
    addField(start, record.length(), closingQuote);
    return c;
  }

  /**
   * Scans the inside of quotes.
   *
   * @return the character behind the closing quote, which is in the record; {@link #NONE} if the
   *     quote is never closed
   */
  private int scanQuoted() throws IOException {
    int c = input.read();
    while (true) {
      if (c == TextInput.END || (firstLineBreak >= 0 && !record.overLimit() && !record.fits(c))) {
        endAtFirstLine(c);
        return NONE;
      }
      if (firstLineBreak < 0 && (c == '\n' || c == '\r') && !record.overLimit()) {
        firstLineBreak = record.length();
      }
      record.add(c);
      if (c == quote || c == escape) {
        int next = input.read();
        boolean escapes = c == escape && escapable(next);
        if (c == quote && !escapes) {
          return next;
        }
        if (escapes) {
          record.add(next);
          next = input.read();
        }
        c = next;
      } else {
        input.readInto(record, quote, escape);
        c = input.read();
      }
    }
  }

  /** Gives back all lines but the first, for they may be sound. */
  private void endAtFirstLine(int last) {
    problem = Problems.QUOTE_NOT_CLOSED;
    if (firstLineBreak < 0 || record.overLimit()) {
      return;
    }
    int length = record.length();
    int from = firstLineBreak + 1;
    if (record.at(firstLineBreak) == '\r' && from < length && record.at(from) == '\n') {
      from++;
    }
    if (last != TextInput.END) {
      input.unread(last);
    }
    input.unread(record.characters(from, length));
    record.truncate(firstLineBreak);
  }

  private void addField(int start, int end, int closingQuote) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      quoted = Arrays.copyOf(quoted, 2 * count);
    }
    boolean isQuoted = closingQuote != NONE;
    if (isQuoted && end > closingQuote + 1 && problem == null) {
      problem = Problems.TEXT_AFTER_QUOTE;
    }
    starts[count] = start;
    ends[count] = isQuoted ? closingQuote : end;
    quoted[count] = isQuoted;
    count++;
  }

  private boolean escapable(int character) {
    return character == quote || character == escape;
  }

  private void skipLine() throws IOException {
    int c = input.read();
    while (c != '\n' && c != '\r' && c != TextInput.END) {
      c = input.read();
    }
    if (c == '\r') {
      input.skipLineFeed();
    }
  }

  private static int character(String setting) {
    return setting.isEmpty() ? NONE : setting.charAt(0);
  }
}
