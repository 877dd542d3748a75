package io.assay.silver;

import io.assay.batch.Account;
import io.assay.silver.comparison.Difference;
import io.assay.table.TableName;
import java.util.List;

/**
 * A rebuilt table against the one that people read.
 *
 * @param table the table's public name
 * @param versioned whether the rows that are compared are versions
 * @param keyed whether rows have a key; without one, keys are not counted
 * @param batches how many recorded batches were done again
 * @param difference of the rows that people read: before is the table as it is, after the rebuilt
 * @param before the account of the table as it is
 * @param after the account of the rebuilt table
 * @param otherwise whether the tables differ in what people do not read: events, quarantine, or
 *     what tells versions apart
 * @param notes for people
 */
public record RebuildPreview(
    TableName table,
    boolean versioned,
    boolean keyed,
    int batches,
    Difference difference,
    Account before,
    Account after,
    boolean otherwise,
    List<String> notes) {
  public RebuildPreview {
    notes = List.copyOf(notes);
  }

  /** Whether the rebuilt table would change anything. */
  public boolean changes() {
    return otherwise || !difference.isNone() || !before.equals(after);
  }
}
