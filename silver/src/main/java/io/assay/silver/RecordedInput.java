package io.assay.silver;

import io.assay.batch.Account;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchLedger;
import io.assay.batch.Decision;
import io.assay.batch.FinishedBatch;
import io.assay.table.TableLog;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the batches of a silver table have read from its bronze table, one by one, and how people
 * decided about them.
 *
 * @param pieces oldest first
 * @param lost how many batches read a bronze table that is not there any more
 */
record RecordedInput(List<BatchInput.Piece> pieces, long lost) {

  /** Reads it from the ledger. */
  static RecordedInput of(BatchLedger ledger, TableState bronze) {
    List<BatchInput.Piece> pieces = new ArrayList<>();
    Set<Long> lost = new TreeSet<>();
    ledger
        .doneAfter(0)
        .forEach(
            finished -> {
              if (finished.intent().input() instanceof BatchInput.Replayed replayed) {
                pieces.clear();
                lost.clear();
                pieces.addAll(replayed.pieces());
              } else {
                add(finished, bronze, pieces, lost);
              }
            });
    boolean readable =
        pieces.stream().allMatch(piece -> piece.range().tableId().equals(bronze.id()))
            && (pieces.isEmpty()
                || pieces.get(pieces.size() - 1).range().upTo() <= bronze.version());
    return readable
        ? new RecordedInput(pieces, lost.size())
        : new RecordedInput(List.of(), pieces.size() + lost.size());
  }

  private static void add(
      FinishedBatch finished, TableState bronze, List<BatchInput.Piece> pieces, Set<Long> lost) {
    TableRange range = CleanBatch.range(finished.intent().input());
    if (range.after() < 0) {
      // The table's input began anew: what was read before was another table, or was taken back.
      pieces.clear();
    }
    if (!range.tableId().equals(bronze.id())) {
      lost.add(finished.end().batch());
    }
    pieces.add(
        new BatchInput.Piece(
            range,
            finished.intent().clock(),
            finished.intent().decision(),
            finished.end().account()));
  }

  /**
   * The input of a table whose batches read another bronze table than there is now: all of it.
   *
   * @param maxRows as of a batch
   */
  static List<BatchInput.Piece> whole(TableLog bronze, long maxRows, Instant clock) {
    List<BatchInput.Piece> pieces = new ArrayList<>();
    Optional<TableRange> range = bronze.next(-1, maxRows);
    while (range.isPresent()) {
      pieces.add(new BatchInput.Piece(range.get(), clock, Decision.NONE, Account.EMPTY));
      range = bronze.next(range.get().upTo(), maxRows);
    }
    return pieces;
  }

  /** The account of all of them together. */
  static Account account(List<BatchInput.Piece> pieces) {
    return pieces.stream().map(BatchInput.Piece::account).reduce(Account.EMPTY, Account::plus);
  }
}
