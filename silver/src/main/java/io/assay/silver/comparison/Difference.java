package io.assay.silver.comparison;

import java.util.Map;
import java.util.TreeMap;

/**
 * How two sets of rows differ, in numbers.
 *
 * @param before how many rows the first has
 * @param after how many rows the second has
 * @param rows rows that only one of them has, or that both have with other values
 * @param keys the same of keys; a key is changed if any row of it differs
 * @param columns of the changed rows: how many differ in which column
 */
public record Difference(
    long before, long after, Changes rows, Changes keys, Map<String, Long> columns) {
  /** No rows on either side. */
  public static final Difference NONE =
      new Difference(0, 0, new Changes(0, 0, 0), new Changes(0, 0, 0), Map.of());

  public Difference {
    columns = new TreeMap<>(columns);
  }

  /** Whether both are the same. */
  public boolean isNone() {
    return rows.added() + rows.removed() + rows.changed() == 0;
  }

  /**
   * Counts.
   *
   * @param added only the second has them
   * @param removed only the first has them
   * @param changed both have them, with other values
   */
  public record Changes(long added, long removed, long changed) {}
}
