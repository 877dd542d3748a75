package io.assay.silver.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.assay.table.EventColumns;
import org.apache.spark.sql.Column;
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
  Column sequence(String column) {
    return col(column).cast(sequence).as(column);
  }

  /** The column, as a valid time. */
  Column validTime(String column) {
    return col(column).cast(validTime).as(column);
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
