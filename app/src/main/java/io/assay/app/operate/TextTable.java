package io.assay.app.operate;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Texts as columns side by side. */
public final class TextTable {
  private static final String GAP = "  ";
  private static final int LAST = 40;

  private TextTable() {}

  /**
   * Writes a table of texts.
   *
   * @param right which columns stand to the right
   */
  public static void write(
      List<String> header, List<String[]> lines, boolean[] right, Appendable out)
      throws IOException {
    int[] widths = widths(header, lines);
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

  /**
   * How wide a table of texts is to its readers: a long last column may run on in another line and
   * counts in part.
   */
  static int width(List<String> header, List<String[]> lines) {
    int[] widths = widths(header, lines);
    int last = widths.length - 1;
    int before = Arrays.stream(widths, 0, Math.max(last, 0)).map(w -> w + GAP.length()).sum();
    return last < 0 ? 0 : before + Math.min(widths[last], LAST);
  }

  private static int[] widths(List<String> header, List<String[]> lines) {
    int[] widths = new int[header.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(header.get(i));
      for (String[] line : lines) {
        widths[i] = Math.max(widths[i], width(line[i]));
      }
    }
    return widths;
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

  static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
