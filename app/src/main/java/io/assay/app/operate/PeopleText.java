package io.assay.app.operate;

import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;

/** A row's values as people see them: one line each, and nothing that a terminal would obey. */
final class PeopleText {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}]");

  private PeopleText() {}

  /**
   * The values of a row.
   *
   * @param nullText what stands for a null
   */
  static String[] of(Row row, String nullText) throws IOException {
    String[] cells = new String[row.size()];
    for (int i = 0; i < cells.length; i++) {
      String text = FlatText.of(row.get(i));
      cells[i] = text == null ? nullText : visible(text);
    }
    return cells;
  }

  private static String visible(String text) {
    return CONTROL
        .matcher(text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t"))
        .replaceAll(match -> "\\\\u%04x".formatted((int) match.group().charAt(0)));
  }
}
