package io.assay.batch;

import io.assay.table.SavedStates;
import io.assay.table.TableName;
import java.util.Optional;

/**
 * What earlier batches left of the rows that they wrote. Like {@link PastBatches} it is pinned by
 * the batch's number, so that a batch that is done again sees the same.
 *
 * @param before the number of the batch that asks
 * @param table whose rows are meant
 */
public record PastStates(BatchLedger ledger, long before, TableName table) {

  /**
   * States, and which rows they are about.
   *
   * @param by the batch that left them: they are of the rows that it had pinned and those that it
   *     added, whatever else happened to the table meanwhile
   */
  public record Known(SavedStates states, FinishedBatch by) {}

  /**
   * The newest states; empty if the batch that last wrote the table left none. What others did to
   * the table since that batch was planned is for the caller to see.
   */
  public Optional<Known> newest() {
    for (long batch = before - 1; batch > 0; batch--) {
      Optional<FinishedBatch> done = ledger.finished(batch);
      if (done.isEmpty()) {
        continue;
      }
      Optional<SavedStates> states = ledger.states(batch);
      if (states.isPresent()) {
        return Optional.of(new Known(states.get(), done.get()));
      } else if (done.get().end().written().containsKey(table)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
