package io.assay.bronze.record;

import io.assay.config.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a CSV file is written, guessed from its beginning.
 *
 * @param encoding the character set's name
 * @param header whether the first record names the columns
 * @param columns the names of the columns, as bronze has them, or would have them without a header
 */
public record CsvDialect(String encoding, String delimiter, boolean header, List<String> columns) {
  private static final int RECORDS = 1000;
  private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");

  /** What is a value and hardly a column's name: a number, a date, an amount. */
  private static final Pattern VALUE = Pattern.compile("[-+(]?[\\p{Sc}]?[0-9][0-9.,:/ %TZ)-]*");

  public CsvDialect {
    columns = List.copyOf(columns);
  }

  /** The fields of records that were found with one delimiter. */
  private record Found(String delimiter, List<List<String>> records) {
    int width() {
      return records.isEmpty() ? 0 : records.get(0).size();
    }

    /** The share of records that are as wide as the first. */
    double consistency() {
      long alike = records.stream().filter(record -> record.size() == width()).count();
      return records.isEmpty() ? 0 : (double) alike / records.size();
    }
  }

  /**
   * Looks at a file.
   *
   * @param path its name, which tells the compression
   * @param stored its bytes; not closed
   * @throws UnreadableFile if its beginning cannot be decompressed
   */
  public static CsvDialect of(String path, InputStream stored) {
    try {
      FileStart start = FileStart.of(path, stored);
      List<Found> tried = new ArrayList<>();
      for (String delimiter : DELIMITERS) {
        tried.add(read(start, delimiter));
      }
      Found best =
          tried.stream()
              .filter(found -> found.width() > 1)
              .max(Comparator.comparingDouble(Found::consistency).thenComparingInt(Found::width))
              .orElseGet(() -> ofOneColumn(tried));
      boolean header = hasHeader(best.records());
      return new CsvDialect(start.encoding(), best.delimiter(), header, columns(best, header));
    } catch (IOException e) {
      throw UnreadableFile.corrupt(path, "its beginning cannot be read (" + e.getMessage() + ")");
    }
  }

  /** Of one column the delimiter is one that no field has, or else is cut at least often. */
  private static Found ofOneColumn(List<Found> tried) {
    return tried.stream()
        .reduce((one, other) -> other.consistency() > one.consistency() ? other : one)
        .orElseThrow();
  }

  private static List<String> columns(Found found, boolean header) {
    if (found.records().isEmpty()) {
      return List.of();
    }
    List<String> first = found.records().get(0);
    return ColumnNames.of(header ? first : first.stream().map(field -> "").toList()).names();
  }

  private static Found read(FileStart start, String delimiter) throws IOException {
    Source.Csv csv = Source.Csv.DEFAULT;
    ReadingRules rules =
        new ReadingRules(
            Source.FileFormat.CSV,
            start.encoding(),
            delimiter,
            csv.quote(),
            csv.escape(),
            false,
            "",
            Source.Limits.DEFAULT.recordBytes(),
            Source.Limits.DEFAULT.depth(),
            List.of());
    List<List<String>> records = new ArrayList<>();
    InputStream bytes = new ByteArrayInputStream(start.bytes());
    try (TextInput input = new TextInput(bytes, Charset.forName(start.encoding()))) {
      CsvScanner scanner = new CsvScanner(rules, input, new RecordText(rules.recordBytes()));
      while (records.size() < RECORDS && scanner.next()) {
        if (scanner.problem() == null) {
          records.add(scanner.fields());
        }
      }
    }
    if (start.cut() && records.size() > 1 && records.size() < RECORDS) {
      records.remove(records.size() - 1);
    }
    return new Found(delimiter, List.copyOf(records));
  }

  /**
   * A first record is a header unless it looks like data: one of its fields is a value that is no
   * name, or each of them stands below it again.
   */
  private static boolean hasHeader(List<List<String>> records) {
    if (records.isEmpty()) {
      return true;
    }
    List<String> first = records.get(0);
    if (first.stream().allMatch(field -> field == null || field.isBlank())
        || first.stream()
            .anyMatch(field -> field != null && VALUE.matcher(field.strip()).matches())) {
      return false;
    }
    return records.size() < 2 || !standsBelow(first, records.subList(1, records.size()));
  }

  private static boolean standsBelow(List<String> first, List<List<String>> others) {
    for (int i = 0; i < first.size(); i++) {
      int place = i;
      Set<String> values = new HashSet<>();
      others.stream()
          .flatMap(
              record ->
                  place < record.size() ? Stream.ofNullable(record.get(place)) : Stream.empty())
          .forEach(values::add);
      if (first.get(i) != null && !values.contains(first.get(i))) {
        return false;
      }
    }
    return true;
  }
}
