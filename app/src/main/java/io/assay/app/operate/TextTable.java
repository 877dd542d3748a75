package io.assay.app.operate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** Rows as columns side by side; numbers to the right. */
public final class TextTable implements ResultFormat.Writer {
  private static final String GAP = "  ";

  @Override
  public void write(Dataset<Row> rows, Appendable out) throws IOException {
    StructField[] fields = rows.schema().fields();
    boolean[] right = new boolean[fields.length];
    for (int i = 0; i < fields.length; i++) {
      right[i] = fields[i].dataType() instanceof NumericType;
    }
    List<String[]> lines = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      String[] line = new String[fields.length];
      for (int i = 0; i < fields.length; i++) {
        String text = FlatText.of(row.get(i));
        line[i] = text == null ? "null" : text.replace("\n", "\\n").replace("\r", "\\r");
      }
      lines.add(line);
    }
    write(List.of(rows.columns()), lines, right, out);
    out.append(lines.size() == 1 ? "1 row\n" : lines.size() + " rows\n");
  }

  /**
   * Writes a table of texts.
   *
   * @param right which columns stand to the right
   */
  public static void write(
      List<String> header, List<String[]> lines, boolean[] right, Appendable out)
      throws IOException {
    int[] widths = new int[header.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(header.get(i));
      for (String[] line : lines) {
        widths[i] = Math.max(widths[i], width(line[i]));
      }
    }
    line(header.toArray(new String[0]), widths, right, out);
    String[] rule = new String[widths.length];
    for (int i = 0; i < rule.length; i++) {
      rule[i] = "-".repeat(widths[i]);
    }
    line(rule, widths, right, out);
    for (String[] line : lines) {
      line(line, widths, right, out);
    }
  }

  private static void line(String[] cells, int[] widths, boolean[] right, Appendable out)
      throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String padding = " ".repeat(widths[i] - width(cells[i]));
      line.append(i == 0 ? "" : GAP);
      line.append(right[i] ? padding + cells[i] : cells[i] + padding);
    }
    out.append(line.toString().stripTrailing()).append("\n");
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
