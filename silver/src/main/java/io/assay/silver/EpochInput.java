package io.assay.silver;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.Quarantined;
import io.assay.batch.BatchLedger;
import io.assay.batch.FinishedBatch;
import io.assay.batch.Intent;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableRange;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the batches of the epoch in force have read, as far as a replay has to know it.
 *
 * @param firstBatch the number of the first
 * @param last what the newest read
 * @param ranges what they read of bronze, by the last version
 * @param tried those that took rows from quarantine by the very configuration of now: what they
 *     tried in vain would fail again
 */
record EpochInput(
    long firstBatch, BatchInput last, Map<Long, TableRange> ranges, List<Long> tried) {

  /**
   * Reads it from the ledger; empty if the epoch has no batch yet.
   *
   * @param configuration that of now
   */
  static Optional<EpochInput> of(BatchLedger ledger, JsonNode configuration) {
    int epoch = ledger.epoch();
    long firstBatch = 0;
    BatchInput last = null;
    Map<Long, TableRange> ranges = new TreeMap<>();
    List<Long> tried = new ArrayList<>();
    // One by one: a ledger of years is more than memory should hold.
    Iterator<FinishedBatch> batches = ledger.doneAfter(0).iterator();
    while (batches.hasNext()) {
      Intent intent = batches.next().intent();
      if (intent.epoch() != epoch) {
        continue;
      }
      firstBatch = firstBatch == 0 ? intent.batch() : firstBatch;
      last = intent.input();
      landed(last).forEach(range -> ranges.put(range.upTo(), range));
      List<Long> replays = replays(intent);
      if (!replays.isEmpty() && same(intent.configuration(), configuration)) {
        tried.addAll(replays);
      }
    }
    long first = firstBatch;
    return Optional.ofNullable(last).map(newest -> new EpochInput(first, newest, ranges, tried));
  }

  /** What was written and read again has the same values, but not the same kinds of numbers. */
  private static boolean same(JsonNode recorded, JsonNode now) {
    return CleanConfiguration.fromJson(recorded).toJson().equals(now);
  }

  /** The empty range of bronze behind what was read last. */
  TableRange position() {
    TableRange range = CleanBatch.range(last);
    return new TableRange(range.table(), range.tableId(), range.upTo(), range.upTo(), 0);
  }

  /** What a batch read that nobody had read before. */
  private static List<TableRange> landed(BatchInput input) {
    if (input instanceof BatchInput.Replayed replayed) {
      return replayed.pieces().stream()
          .filter(piece -> piece.replay().isEmpty())
          .map(BatchInput.Piece::range)
          .toList();
    }
    return input instanceof Quarantined ? List.of() : input.ranges();
  }

  /** The numbers under which quarantine knows what the batch tried to take in. */
  private static List<Long> replays(Intent intent) {
    if (intent.input() instanceof BatchInput.Replayed replayed) {
      return replayed.pieces().stream()
          .flatMap(piece -> piece.replay().stream())
          .map(BatchInput.Replay::batch)
          .toList();
    }
    return intent.input() instanceof Quarantined ? List.of(intent.batch()) : List.of();
  }
}
