package io.assay.app.demo;

import java.io.PrintStream;

/** What the demo shows: chapters of short paragraphs and tables, a hundred columns wide. */
public final class DemoPage {
  private static final int WIDTH = 100;

  private final PrintStream out;
  private boolean afterGap;

  /** An empty page. */
  public DemoPage(PrintStream out) {
    this.out = out;
  }

  /** Begins a chapter. */
  public void chapter(String title) {
    gap();
    line("── " + title + " " + "─".repeat(WIDTH - title.length() - 4));
    gap();
  }

  /** A paragraph, broken between words, with an empty line after it. */
  public void say(String text) {
    wrapped("", text);
    gap();
  }

  /** An indented remark, broken between words. */
  void remark(String text) {
    wrapped("  ", text);
  }

  private void wrapped(String indent, String text) {
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        line(line.toString());
        line.setLength(0);
        line.append(indent);
      }
      line.append(line.length() == indent.length() ? "" : " ").append(word);
    }
    line(line.toString());
  }

  /** A table, indented, with an empty line before and after. */
  public void table(DemoTable table) {
    gap();
    table.toString().lines().forEach(line -> line("  " + line));
    gap();
  }

  /** A line as it is. */
  public void line(String line) {
    out.println(line);
    out.flush();
    afterGap = false;
  }

  /** An empty line, unless there is one already. */
  public void gap() {
    if (!afterGap) {
      out.println();
      afterGap = true;
    }
  }
}
