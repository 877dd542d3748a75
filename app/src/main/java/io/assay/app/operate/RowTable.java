package io.assay.app.operate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows as columns side by side; numbers to the right. */
final class RowTable implements RowWriter {
  private final String nullText;
  private final int columns;

  /**
   * @param nullText what is written for a null
   * @param columns a wider table is written as records; 0 for any width
   */
  RowTable(String nullText, int columns) {
    this.nullText = nullText;
    this.columns = columns;
  }

  @Override
  public void write(StructType schema, Iterator<Row> rows, Appendable out) throws IOException {
    StructField[] fields = schema.fields();
    List<String[]> lines = new ArrayList<>();
    while (rows.hasNext()) {
      lines.add(PeopleText.of(rows.next(), nullText));
    }
    List<String> header = List.of(schema.fieldNames());
    if (columns > 0 && TextTable.width(header, lines) > columns) {
      RowRecords.write(header, lines, out);
      return;
    }
    boolean[] right = new boolean[fields.length];
    for (int i = 0; i < fields.length; i++) {
      right[i] = fields[i].dataType() instanceof NumericType;
    }
    TextTable.write(header, lines, right, out);
  }
}
