package io.assay.silver.debezium;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row as a message shows it.
 *
 * @param fields the values by name, as text; a null is left out
 * @param unavailable the names of fields whose value the database did not log
 */
record Image(Map<String, String> fields, List<String> unavailable) {
  static final Image EMPTY = new Image(Map.of(), List.of());

  /** This row, with what the other one tells in its place. */
  Image overlaid(Image other) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.putAll(other.fields);
    return new Image(all, other.unavailable);
  }

  /** Whether both rows tell their key, and it is not the same. */
  boolean moved(Image to, List<String> key) {
    boolean told =
        !key.isEmpty() && fields.keySet().containsAll(key) && to.fields.keySet().containsAll(key);
    return told && !key.stream().allMatch(name -> fields.get(name).equals(to.fields.get(name)));
  }
}
