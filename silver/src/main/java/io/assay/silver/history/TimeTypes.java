package io.assay.silver.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.assay.table.EventColumns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * How a history counts.
 *
 * @param sequence the type of the sequence: a struct of at least one field
 * @param validTime the type of valid times
 */
record TimeTypes(StructType sequence, DataType validTime) {

  /** The types of accepted events, or of remembered ones. */
  static TimeTypes of(StructType events) {
    // Tables store everything as nullable, and what is nullable cannot be cast to what is not.
    return new TimeTypes(
        (StructType) events.apply(EventColumns.SEQUENCE).dataType().asNullable(),
        events.apply(EventColumns.VALID_TIME).dataType().asNullable());
  }

  /** The column, as a sequence. */
  Column sequenceOf(String column) {
    return col(column).cast(sequence).as(column);
  }

  /** The column, as a valid time. */
  Column validTimeOf(String column) {
    return col(column).cast(validTime).as(column);
  }

  /** A sequence that was read, as a literal; null for none. */
  Column sequence(Row value) {
    if (value == null) {
      return noSequence();
    }
    Column[] fields = new Column[sequence.length()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = lit(value.get(i)).as(sequence.fields()[i].name());
    }
    return struct(fields).cast(sequence);
  }

  /** A valid time that was read, as a literal; null for none. */
  Column validTime(Object value) {
    return lit(value).cast(validTime);
  }

  Column noSequence() {
    return lit(null).cast(sequence);
  }

  Column noValidTime() {
    return lit(null).cast(validTime);
  }

  /** The sequence's first column; files are pruned by it. */
  Column leading() {
    return col(EventColumns.SEQUENCE).getField(sequence.fields()[0].name());
  }
}
