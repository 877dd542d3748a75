package io.assay.app.operate;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Rows one below the other, with a line for each column. */
final class RowRecords implements RowWriter {
  private final String nullText;

  /**
   * @param nullText what is written for a null
   */
  RowRecords(String nullText) {
    this.nullText = nullText;
  }

  @Override
  public void write(StructType schema, Iterator<Row> rows, Appendable out) throws IOException {
    List<String> header = List.of(schema.fieldNames());
    for (long number = 1; rows.hasNext(); number++) {
      write(number, header, PeopleText.of(rows.next(), nullText), out);
    }
  }

  /** Writes a table of texts. */
  static void write(List<String> header, List<String[]> lines, Appendable out) throws IOException {
    for (int i = 0; i < lines.size(); i++) {
      write(i + 1L, header, lines.get(i), out);
    }
  }

  private static void write(long number, List<String> header, String[] cells, Appendable out)
      throws IOException {
    int width = header.stream().mapToInt(TextTable::width).max().orElse(0);
    out.append("-- row ").append(String.valueOf(number)).append(" --\n");
    for (int i = 0; i < cells.length; i++) {
      String name = header.get(i);
      String line = name + " ".repeat(width - TextTable.width(name)) + "  " + cells[i];
      out.append(line.stripTrailing()).append("\n");
    }
  }
}
