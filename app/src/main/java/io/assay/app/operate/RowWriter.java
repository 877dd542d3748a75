package io.assay.app.operate;

import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Writes an answer in one format. */
public interface RowWriter {
  /** Writes all rows, and nothing else. */
  void write(StructType columns, Iterator<Row> rows, Appendable out) throws IOException;
}
