package io.assay.silver;

import io.assay.batch.Account;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.Piece;
import io.assay.batch.BatchLedger;
import io.assay.batch.Decision;
import io.assay.batch.FinishedBatch;
import io.assay.table.TableLog;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the batches of a silver table have read from its bronze table, one by one, and how people
 * decided about them.
 *
 * @param pieces oldest first
 * @param lost how many batches read a bronze table that is not there any more
 */
record RecordedInput(List<Piece> pieces, long lost) {

  /** Reads it from the ledger. */
  static RecordedInput of(BatchLedger ledger, TableState bronze) {
    List<Piece> pieces = new ArrayList<>();
    long lost = 0;
    Iterator<FinishedBatch> batches = ledger.doneAfter(0).iterator();
    while (batches.hasNext()) {
      FinishedBatch finished = batches.next();
      if (finished.intent().input() instanceof BatchInput.Replayed replayed) {
        pieces = new ArrayList<>(replayed.pieces());
        lost = 0;
        continue;
      }
      Piece piece = piece(finished);
      if (piece.range().isBeforeCreation()) {
        continue;
      }
      if (piece.range().after() < 0) {
        // The table's input began anew: what was read before was another table, or was taken back.
        lost += pieces.isEmpty() || sameTable(pieces.get(0), piece) ? 0 : pieces.size();
        pieces.clear();
      }
      pieces.add(piece);
    }
    return pieces.stream().allMatch(piece -> readable(piece.range(), bronze))
        ? new RecordedInput(pieces, lost)
        : new RecordedInput(List.of(), lost + pieces.size());
  }

  private static Piece piece(FinishedBatch finished) {
    return new Piece(
        CleanBatch.range(finished.intent().input()),
        finished.intent().clock(),
        finished.intent().decision(),
        finished.end().account(),
        finished.intent().input() instanceof BatchInput.Quarantined quarantined
            ? Optional.of(new BatchInput.Replay(finished.intent().batch(), quarantined))
            : Optional.empty());
  }

  private static boolean sameTable(Piece one, Piece other) {
    return one.range().tableId().equals(other.range().tableId());
  }

  private static boolean readable(TableRange range, TableState bronze) {
    return range.tableId().equals(bronze.id()) && range.upTo() <= bronze.version();
  }

  /**
   * The input of a table whose batches read another bronze table than there is now: all of it.
   *
   * @param maxRows as of a batch
   */
  static List<Piece> whole(TableLog bronze, long maxRows, Instant clock) {
    List<Piece> pieces = new ArrayList<>();
    Optional<TableRange> range = bronze.next(-1, maxRows);
    while (range.isPresent()) {
      pieces.add(new Piece(range.get(), clock, Decision.NONE, Account.EMPTY, Optional.empty()));
      range = bronze.next(range.get().upTo(), maxRows);
    }
    return pieces;
  }

  /** The account of all of them together. */
  static Account account(List<Piece> pieces) {
    return pieces.stream().map(Piece::account).reduce(Account.EMPTY, Account::plus);
  }
}
