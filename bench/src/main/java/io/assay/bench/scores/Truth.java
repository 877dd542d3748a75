package io.assay.bench.scores;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which cells of a dirty file are wrong: those that a clean one has otherwise, as text. The two
 * hold the same records in the same order. Both are read by a CSV reader that is none of Assay's.
 *
 * @param columns of the files, in order; the first tells records apart
 * @param records the first value of each
 */
record Truth(List<String> columns, Set<String> records, Set<Cell> wrong) {
  Truth {
    columns = List.copyOf(columns);
    records = Set.copyOf(records);
    wrong = Set.copyOf(wrong);
  }

  /**
   * Compares two files.
   *
   * @throws IllegalStateException if they are not two states of the same records
   */
  static Truth of(Path dirty, Path clean) throws IOException {
    List<String[]> found = lines(dirty);
    List<String[]> right = lines(clean);
    require(
        found.size() == right.size() && Arrays.equals(found.get(0), right.get(0)),
        "%s and %s differ in their header, or in how many records they have",
        dirty,
        clean);
    List<String> columns = List.of(found.get(0));
    Set<String> records = new HashSet<>();
    Set<Cell> wrong = new HashSet<>();
    for (int line = 1; line < found.size(); line++) {
      String[] values = found.get(line);
      String[] truth = right.get(line);
      require(
          values.length == columns.size() && truth.length == columns.size(),
          "record %d of %s or %s has not as many values as the header",
          line,
          dirty,
          clean);
      require(records.add(values[0]), "%s has two records %s", dirty, values[0]);
      for (int column = 0; column < values.length; column++) {
        if (!values[column].equals(truth[column])) {
          wrong.add(new Cell(values[0], columns.get(column)));
        }
      }
    }
    return new Truth(columns, records, wrong);
  }

  private static List<String[]> lines(Path file) throws IOException {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setNullValue("");
    settings.setEmptyValue("");
    try (Reader text = Files.newBufferedReader(file)) {
      return new CsvParser(settings).parseAll(text);
    }
  }

  private static void require(boolean condition, String message, Object... arguments) {
    if (!condition) {
      throw new IllegalStateException(message.formatted(arguments));
    }
  }
}
