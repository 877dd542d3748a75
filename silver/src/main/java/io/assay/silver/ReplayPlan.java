package io.assay.silver;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.Quarantined;
import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.batch.BatchLedger;
import io.assay.batch.FinishedBatch;
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
  private final long maxRows;
  private final boolean whole;

  /**
   * @param maxRows how many rows of bronze a batch may read; one range is always taken whole
   * @param whole whether all rows of a range are tried together, and no others with them
   */
  ReplayPlan(long maxRows, boolean whole) {
    this.maxRows = maxRows;
    this.whole = whole;
  }

  /**
   * The batches, oldest rows first.
   *
   * @param recorded the batches of this epoch, oldest first; at least one
   * @param rows how many rows wait, by the last version of their range
   */
  List<Quarantined> batches(
      List<FinishedBatch> recorded, TreeMap<Long, OpenRows.Rows> rows, Filter filter) {
    Map<Long, TableRange> ranges = ranges(recorded);
    TableRange position = position(recorded.get(recorded.size() - 1));
    long firstBatch = recorded.get(0).intent().batch();
    List<Quarantined> batches = new ArrayList<>();
    List<TableRange> taken = new ArrayList<>();
    long meant = 0;
    for (Map.Entry<Long, OpenRows.Rows> entry : rows.entrySet()) {
      TableRange range = ranges.get(entry.getKey());
      if (range == null || entry.getValue().fitting() == 0) {
        continue;
      }
      long read = range.rows() + taken.stream().mapToLong(TableRange::rows).sum();
      if (!taken.isEmpty() && (whole || read > maxRows)) {
        batches.add(new Quarantined(position, taken, firstBatch, filter(filter), meant));
        taken.clear();
        meant = 0;
      }
      taken.add(range);
      meant += whole ? entry.getValue().open() : entry.getValue().fitting();
    }
    if (!taken.isEmpty()) {
      batches.add(new Quarantined(position, taken, firstBatch, filter(filter), meant));
    }
    return batches;
  }

  /** The batches of the epoch in force. */
  static List<FinishedBatch> recorded(BatchLedger ledger) {
    int epoch = ledger.epoch();
    return ledger.doneAfter(0).filter(done -> done.intent().epoch() == epoch).toList();
  }

  /**
   * The batches that tried to take rows in with this very configuration: what failed then fails
   * again.
   */
  static List<Long> triedWith(JsonNode configuration, List<FinishedBatch> recorded) {
    List<Long> tried = new ArrayList<>();
    for (FinishedBatch batch : recorded) {
      if (batch.intent().configuration().equals(configuration)) {
        if (batch.intent().input() instanceof Quarantined) {
          tried.add(batch.intent().batch());
        } else if (batch.intent().input() instanceof BatchInput.Replayed replayed) {
          replayed.pieces().stream()
              .flatMap(piece -> piece.replay().stream())
              .forEach(replay -> tried.add(replay.batch()));
        }
      }
    }
    return tried;
  }

  private Filter filter(Filter filter) {
    return whole ? Filter.ALL : filter;
  }

  /** The empty range behind what was read last. */
  private static TableRange position(FinishedBatch last) {
    TableRange range = CleanBatch.range(last.intent().input());
    return new TableRange(range.table(), range.tableId(), range.upTo(), range.upTo(), 0);
  }

  private static Map<Long, TableRange> ranges(List<FinishedBatch> recorded) {
    Map<Long, TableRange> ranges = new TreeMap<>();
    for (FinishedBatch batch : recorded) {
      BatchInput input = batch.intent().input();
      if (input instanceof BatchInput.Replayed replayed) {
        replayed.pieces().stream()
            .filter(piece -> piece.replay().isEmpty())
            .forEach(piece -> ranges.put(piece.range().upTo(), piece.range()));
      } else if (!(input instanceof Quarantined)) {
        TableRange range = CleanBatch.range(input);
        ranges.put(range.upTo(), range);
      }
    }
    return ranges;
  }
}
