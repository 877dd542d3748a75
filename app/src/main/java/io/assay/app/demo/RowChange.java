package io.assay.app.demo;

import java.time.Instant;
import java.util.Map;

/**
 * A change of one row in the web shop's database.
 *
 * @param table without its schema
 * @param key the columns of the primary key
 * @param row all columns after the change, or of a delete before it; values are texts, numbers,
 *     booleans and instants
 * @param at when it was committed
 */
public record RowChange(
    String table, Kind kind, Map<String, Object> key, Map<String, Object> row, Instant at) {
  /** What was done with the row. */
  public enum Kind {
    INSERT,
    UPDATE,
    DELETE
  }
}
