package io.assay.app.operate;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How rows are written for somebody outside. */
public enum ResultFormat {
  /** Columns side by side, for people. */
  TABLE(new TextTable()),
  /** RFC 4180, with a header; a null is an empty field, an empty text is quoted. */
  CSV(new CsvRows()),
  /**
   * One array of objects. Decimals are exact numbers, times are ISO 8601 in UTC, a null is {@code
   * null}.
   */
  JSON(new JsonRows());

  private final Writer writer;

  ResultFormat(Writer writer) {
    this.writer = writer;
  }

  /** Writes all rows, and nothing else. */
  public void write(Dataset<Row> rows, Appendable out) throws IOException {
    writer.write(rows, out);
  }

  /** Writes rows in one format. */
  interface Writer {
    void write(Dataset<Row> rows, Appendable out) throws IOException;
  }
}
