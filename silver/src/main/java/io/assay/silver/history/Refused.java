package io.assay.silver.history;

import io.assay.contract.OwnRules;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Events that a history does not take, for one reason.
 *
 * @param rule the reason's name
 * @param fresh whether the batch brought them; else they had been taken before
 * @param count how many there are
 * @param events rows of the events table, with {@code _raw}, what the event was read from, and
 *     {@code _event}, which of its row's events it is; both null where that is not known any more
 */
public record Refused(String rule, boolean fresh, long count, Dataset<Row> events) {
  /** The rule of events that come too late. */
  public static final String LATE = OwnRules.LATE;

  /** The rule of events that lost a tie. */
  public static final String TIE = OwnRules.TIE;
}
