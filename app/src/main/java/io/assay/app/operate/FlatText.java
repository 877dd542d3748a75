package io.assay.app.operate;

import java.io.IOException;
import java.math.BigDecimal;
import org.apache.spark.sql.Row;

/** A single value as text in a table or a CSV field; nested values are JSON. */
final class FlatText {
  private FlatText() {}

  /** The text; null for a null. */
  static String of(Object value) throws IOException {
    if (value == null) {
      return null;
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    boolean nested =
        value instanceof Row
            || value instanceof scala.collection.Seq
            || value instanceof scala.collection.Map
            || value instanceof byte[];
    return nested ? JsonRows.text(value) : value.toString();
  }
}
