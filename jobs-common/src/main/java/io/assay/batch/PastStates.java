package io.assay.batch;

import io.assay.table.TableName;
import io.assay.table.TableState;
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
   * @param of the table as it was after the batch that left them
   */
  public record Known(SavedStates states, TableState of) {}

  /**
   * The newest states; empty if the batch that last wrote the table left none. What happened to the
   * table since then is for the caller to see.
   */
  public Optional<Known> newest() {
    for (long batch = before - 1; batch > 0; batch--) {
      Optional<BatchEnd> done = ledger.end(batch).filter(end -> end.kind() == BatchEnd.Kind.DONE);
      if (done.isEmpty()) {
        continue;
      }
      Optional<SavedStates> states = ledger.states(batch);
      Optional<TableState> written = Optional.ofNullable(done.get().written().get(table));
      if (states.isPresent()) {
        Intent intent = ledger.intent(batch).orElseThrow();
        return Optional.of(new Known(states.get(), written.orElse(intent.pinned(table))));
      } else if (written.isPresent()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
