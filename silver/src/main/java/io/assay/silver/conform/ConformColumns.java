package io.assay.silver.conform;

import io.assay.contract.ContractColumn;

/** The columns that a conformed row has besides the contract's and the shared internal ones. */
public final class ConformColumns {
  /** Why the row could not be read at all; string, null for a readable row. */
  public static final String PROBLEM = "__problem";

  /** Whether the dataset's condition leaves the row out; boolean, never null. */
  public static final String FILTERED = "__filtered";

  /**
   * Whether the dataset's condition says yes or no of the row, and not null; boolean, null where
   * there is no condition or it is not asked.
   */
  public static final String TOLD = "__told";

  /**
   * Whether {@link #PROBLEM} is the event's alone, so that the other events of its record were
   * taken; boolean, never null.
   */
  public static final String FAULTY = "__faulty";

  /**
   * Whether the record has the array whose elements are its events; boolean, null of all but a
   * record's first event, and where that is not asked.
   */
  public static final String HAS_ARRAY = "__has_array";

  /** Whether the event is one more than the input counts as read; boolean, never null. */
  public static final String ADDITIONAL = "__additional";

  /** The record, or the element of it that is the event; a struct. */
  public static final String RECORD = "__record";

  private ConformColumns() {}

  /**
   * What the column was taken from, before the cast; of any type. Of a conformed row null where the
   * value fits, since nobody asks for it and it would be copied with the row.
   */
  public static String raw(ContractColumn column) {
    return "__raw_" + column.name();
  }

  /** Whether the source's value did not fit the column's type; boolean, never null. */
  public static String failed(ContractColumn column) {
    return "__failed_" + column.name();
  }

  /** The same without blanks around it, where it is a text to be cast. */
  static String text(ContractColumn column) {
    return "__text_" + column.name();
  }

  static String value(ContractColumn column) {
    return value(column.name());
  }

  static String value(String column) {
    return "__value_" + column;
  }
}
