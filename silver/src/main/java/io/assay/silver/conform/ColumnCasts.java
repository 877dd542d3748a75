package io.assay.silver.conform;

import static org.apache.spark.sql.functions.col;

import io.assay.contract.ContractColumn;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The casts of a contract's columns, in two steps: first {@link #texts}, then {@link #values}. A
 * cast looks at its text several times, and Spark computes once what is a column of its own.
 *
 * @param texts by name, the texts that are cast, without blanks around them
 * @param casts by the contract column's name; they look at the texts, and at what was taken
 */
record ColumnCasts(Map<String, Column> texts, Map<String, StrictCast> casts) {

  /**
   * The casts of what was taken from a source.
   *
   * @param taken has {@link ConformColumns#raw} of each column
   * @param zone of times that name none
   */
  static ColumnCasts of(
      List<ContractColumn> columns, StructType taken, EventFormat format, ZoneId zone) {
    Map<String, Column> texts = new LinkedHashMap<>();
    Map<String, StrictCast> casts = new LinkedHashMap<>();
    for (ContractColumn column : columns) {
      Column raw = col(ConformColumns.raw(column));
      DataType from = taken.apply(ConformColumns.raw(column)).dataType();
      ContractColumn written = format.written(column);
      if (StrictCast.readsText(from, written)) {
        String text = ConformColumns.text(column);
        texts.put(text, StrictCast.trimmed(raw));
        casts.put(column.name(), StrictCast.ofText(col(text), written, zone));
      } else {
        casts.put(column.name(), StrictCast.of(raw, from, written, zone));
      }
    }
    return new ColumnCasts(texts, casts);
  }

  /** The typed values, by {@link ConformColumns#value}. */
  Map<String, Column> values() {
    Map<String, Column> values = new LinkedHashMap<>();
    casts.forEach((column, cast) -> values.put(ConformColumns.value(column), cast.value()));
    return values;
  }

  /** Whether there is a value and it does not fit, told from the two steps' columns. */
  Column failed(ContractColumn column) {
    return casts.get(column.name()).failed(col(ConformColumns.value(column)));
  }
}
