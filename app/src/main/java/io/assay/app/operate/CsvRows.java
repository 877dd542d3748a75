package io.assay.app.operate;

import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Rows as RFC 4180. */
final class CsvRows implements RowWriter {
  @Override
  public void write(StructType columns, Iterator<Row> rows, Appendable out) throws IOException {
    line(columns.fieldNames(), out);
    while (rows.hasNext()) {
      Row row = rows.next();
      String[] fields = new String[row.size()];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = FlatText.of(row.get(i));
      }
      line(fields, out);
    }
  }

  private static void line(String[] fields, Appendable out) throws IOException {
    for (int i = 0; i < fields.length; i++) {
      out.append(i == 0 ? "" : ",").append(field(fields[i]));
    }
    out.append("\r\n");
  }

  private static String field(String text) {
    if (text == null) {
      return "";
    }
    boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
