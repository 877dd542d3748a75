package io.assay.app.demo;

import io.assay.app.operate.TextTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** A small table of the demo: numbers with separators, and nothing shown as a dash. */
public final class DemoTable {
  private final List<String> header;
  private final boolean[] numeric;
  private final List<String[]> rows = new ArrayList<>();

  /** A table without rows. */
  public DemoTable(String... header) {
    this.header = List.of(header);
    this.numeric = new boolean[header.length];
  }

  /** Adds a row; its cells are texts, numbers or null. */
  public DemoTable row(Object... cells) {
    for (int column = 0; column < cells.length; column++) {
      numeric[column] |= cells[column] instanceof Number;
    }
    rows.add(Arrays.stream(cells).map(DemoTable::text).toArray(String[]::new));
    return this;
  }

  /** Adds a row per row, column by column. */
  DemoTable rows(List<Row> all) {
    for (Row row : all) {
      Object[] cells = new Object[row.size()];
      Arrays.setAll(cells, row::get);
      row(cells);
    }
    return this;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    try {
      TextTable.write(header, rows, numeric, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String text(Object cell) {
    if (cell == null) {
      return "-";
    }
    if (cell instanceof BigDecimal amount) {
      return String.format(Locale.ROOT, "%,.2f", amount);
    }
    return cell instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number.longValue())
        : cell.toString();
  }
}
