package io.assay.silver.debezium;

import io.assay.table.EventColumns;
import java.util.List;
import java.util.Map;

/**
 * What a message tells of one row.
 *
 * @param operation one of {@link EventColumns}' operations; null where the message is no event
 * @param problem why the message cannot be taken; null if it can
 * @param ignored whether the message is no event and is none by design, such as a tombstone
 * @param fields the row's values by name, as text; a null is left out
 * @param unavailable the names of fields whose value the database did not log
 * @param envelope the values around the row, by path, such as {@code source.lsn}
 */
public record Change(
    String operation,
    String problem,
    boolean ignored,
    Map<String, String> fields,
    List<String> unavailable,
    Map<String, String> envelope) {

  static Change ofProblem(String problem) {
    return new Change(null, problem, false, Map.of(), List.of(), Map.of());
  }

  static Change ofNothing() {
    return new Change(null, null, true, Map.of(), List.of(), Map.of());
  }
}
