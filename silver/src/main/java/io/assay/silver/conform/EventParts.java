package io.assay.silver.conform;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What an {@link EventFormat} tells of an event besides its fields. */
final class EventParts {
  /** Holds the parts; a struct, never null. */
  static final String EVENT = "__event";

  private static final String OPERATION = "operation";
  private static final String PROBLEM = "problem";
  private static final String IGNORED = "ignored";
  private static final String ORDINAL = "ordinal";
  private static final String UNAVAILABLE = "unavailable";
  private static final String FAULTY = "faulty";
  private static final String HAS_ARRAY = "has_array";

  private static final DataType NAMES = DataTypes.createArrayType(DataTypes.StringType);

  private EventParts() {}

  /** The parts of a record that is one event, whose operation the dataset's conditions tell. */
  static Column ofOneEvent(Column problem) {
    return of(
        lit(null).cast(DataTypes.StringType), problem, lit(false), lit(0), array().cast(NAMES));
  }

  /** The parts as the accessors below tell them. */
  static Column of(
      Column operation, Column problem, Column ignored, Column ordinal, Column unavailable) {
    Column notAsked = lit(null).cast(DataTypes.BooleanType);
    return struct(
            operation.as(OPERATION),
            problem.as(PROBLEM),
            ignored.as(IGNORED),
            ordinal.as(ORDINAL),
            unavailable.as(UNAVAILABLE),
            lit(false).as(FAULTY),
            notAsked.as(HAS_ARRAY))
        .as(EVENT);
  }

  /** The parts of an element of a record's array, whose operation conditions tell. */
  static Column ofElement(
      Column problem, Column ignored, Column ordinal, Column faulty, Column hasArray) {
    return struct(
            lit(null).cast(DataTypes.StringType).as(OPERATION),
            problem.as(PROBLEM),
            ignored.as(IGNORED),
            ordinal.as(ORDINAL),
            array().cast(NAMES).as(UNAVAILABLE),
            faulty.as(FAULTY),
            hasArray.as(HAS_ARRAY))
        .as(EVENT);
  }

  /** What the event does; string, null where the dataset's conditions tell. */
  static Column operation() {
    return part(OPERATION);
  }

  /** Why the record cannot be read as its format says; string, null for a good one. */
  static Column problem() {
    return part(PROBLEM);
  }

  /** Whether the format says that the record is no event; boolean, never null. */
  static Column ignored() {
    return part(IGNORED);
  }

  /** Which of the events of its record it is, from 0 on; int, never null. */
  static Column ordinal() {
    return part(ORDINAL);
  }

  /** The names of the fields whose values the event does not know; array of strings. */
  static Column unavailable() {
    return part(UNAVAILABLE);
  }

  /** As {@link ConformColumns#FAULTY}. */
  static Column faulty() {
    return part(FAULTY);
  }

  /** As {@link ConformColumns#HAS_ARRAY}. */
  static Column hasArray() {
    return part(HAS_ARRAY);
  }

  private static Column part(String name) {
    return col(EVENT).getField(name);
  }
}
