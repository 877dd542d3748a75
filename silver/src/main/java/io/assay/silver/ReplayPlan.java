package io.assay.silver;

import io.assay.batch.BatchInput.Quarantined;
import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.silver.quarantine.OpenRows;
import io.assay.table.TableRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which batches a replay takes: the rows that are meant, by the ranges of bronze in which they
 * landed, neighbours together as far as a batch may be long.
 */
final class ReplayPlan {
  private final EpochInput epoch;
  private final long maxRows;
  private final boolean whole;

  /**
   * @param maxRows how many rows of bronze a batch may read; one range is always taken whole
   * @param whole whether all rows of a range are tried together, and no others with them
   */
  ReplayPlan(EpochInput epoch, long maxRows, boolean whole) {
    this.epoch = epoch;
    this.maxRows = maxRows;
    this.whole = whole;
  }

  /**
   * The batches, oldest rows first.
   *
   * @param rows how many rows wait, by the last version of their range
   */
  List<Quarantined> batches(TreeMap<Long, OpenRows.Rows> rows, Filter filter) {
    List<Quarantined> batches = new ArrayList<>();
    List<TableRange> taken = new ArrayList<>();
    long meant = 0;
    for (Map.Entry<Long, OpenRows.Rows> entry : rows.entrySet()) {
      TableRange range = epoch.ranges().get(entry.getKey());
      if (range == null || entry.getValue().fitting() == 0) {
        continue;
      }
      long read = range.rows() + taken.stream().mapToLong(TableRange::rows).sum();
      if (!taken.isEmpty() && (whole || read > maxRows)) {
        batches.add(batch(taken, filter, meant));
        taken.clear();
        meant = 0;
      }
      taken.add(range);
      meant += whole ? entry.getValue().open() : entry.getValue().fitting();
    }
    if (!taken.isEmpty()) {
      batches.add(batch(taken, filter, meant));
    }
    return batches;
  }

  private Quarantined batch(List<TableRange> landed, Filter filter, long meant) {
    return new Quarantined(
        epoch.position(), landed, epoch.firstBatch(), whole ? Filter.ALL : filter, meant);
  }
}
