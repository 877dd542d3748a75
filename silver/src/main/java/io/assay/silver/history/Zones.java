package io.assay.silver.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.assay.table.HistoryColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * Where keys lie: 64 zones of neighbouring buckets, as a set of bits. Small enough to be measured
 * while a batch is written, and to become a few ranges of literals that prune files.
 *
 * @param bits not 0; bit i stands for the i-th zone
 */
record Zones(long bits) {
  /** The column of a row's zone, while it is measured. */
  static final String INDEX = "_zone";

  static final Zones ALL = new Zones(-1);

  private static final int WIDTH = EventRows.BUCKETS / Long.SIZE;

  static Optional<Zones> of(long bits) {
    return bits == 0 ? Optional.empty() : Optional.of(new Zones(bits));
  }

  /** The zone of a bucket. */
  static Column index(Column bucket) {
    return bucket.divide(lit(WIDTH)).cast("int");
  }

  /** Whether a row of the table may lie in one of the zones. */
  Column mayHold(String table) {
    return ranges().stream()
        .map(
            range ->
                col((table.isEmpty() ? "" : table + ".") + HistoryColumns.BUCKET)
                    .between(lit(range.from()), lit(range.to())))
        .reduce(Column::or)
        .orElseThrow();
  }

  /** Neighbouring zones as ranges of buckets, both ends inclusive. */
  List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    for (int zone = 0; zone < Long.SIZE; zone++) {
      if (!contains(zone)) {
        continue;
      }
      int start = zone;
      while (zone + 1 < Long.SIZE && contains(zone + 1)) {
        zone++;
      }
      ranges.add(new Range(start * WIDTH, (zone + 1) * WIDTH - 1));
    }
    return ranges;
  }

  private boolean contains(int zone) {
    return (bits >>> zone & 1) == 1;
  }

  /** Buckets, both ends inclusive. */
  record Range(int from, int to) {}
}
