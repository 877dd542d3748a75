package io.assay.table;

import java.util.Map;

/**
 * What is known of all rows that a table has after a batch, so that later batches need not read
 * them again.
 *
 * @param form how the states are written; one of another form tells nothing
 * @param states what each analyzer knows, in its stored form, by the analyzer; empty text for one
 *     that no row has told anything
 */
public record SavedStates(String form, Map<String, String> states) {
  public SavedStates {
    states = Map.copyOf(states);
  }
}
