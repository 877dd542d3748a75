package io.assay.app.operate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How rows are written for somebody outside. */
public enum ResultFormat {
  /** Columns side by side, for people. */
  TABLE,
  /** A line for each column of each row, for people and wide tables. */
  RECORDS,
  /** RFC 4180, with a header; a null is an empty field, an empty text is quoted. */
  CSV,
  /**
   * One array of objects. Decimals are exact numbers, times are ISO 8601 in UTC, a null is {@code
   * null}.
   */
  JSON;

  /** Whether it is made for people rather than programs. */
  public boolean forPeople() {
    return this == TABLE || this == RECORDS;
  }

  /**
   * What writes it.
   *
   * @param nullText what people see of a null
   * @param columns a table that is wider than this is written as records; 0 for any width
   */
  public RowWriter writer(String nullText, int columns) {
    return switch (this) {
      case TABLE -> new RowTable(nullText, columns);
      case RECORDS -> new RowRecords(nullText);
      case CSV -> new CsvRows();
      case JSON -> new JsonRows();
    };
  }

  /** The name that people write. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of a name; empty if there is none. */
  public static Optional<ResultFormat> named(String label) {
    return Arrays.stream(values())
        .filter(format -> format.label().equals(label.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** All names, with commas. */
  public static String labels() {
    return Arrays.stream(values()).map(ResultFormat::label).collect(Collectors.joining(", "));
  }
}
