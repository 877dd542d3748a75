package io.assay.batch;

import io.assay.table.TableRange;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a table's earlier batches measured: the memory that a batch is judged by.
 *
 * <p>The batch's number pins it. Numbers grow, a batch begins when the one before has ended, and
 * what is done never changes; so a batch that is done again sees the same.
 *
 * @param before the number of the batch that is judged
 */
public record PastBatches(BatchLedger ledger, long before) {

  /**
   * The deliveries that were published, newest first; read one by one as the stream is consumed.
   * Left out is what was held or given up, rejected, taken from quarantine, or rebuilt.
   */
  public Stream<MeasuredBatch> newestFirst() {
    return LongStream.iterate(before - 1, batch -> batch > 0, batch -> batch - 1)
        .boxed()
        .flatMap(batch -> delivered(batch).stream());
  }

  /** The newest batch of an epoch whose input the table is made of; empty if there is none. */
  public Optional<FinishedBatch> newestPublished(int epoch) {
    return LongStream.iterate(before - 1, batch -> batch > 0, batch -> batch - 1)
        .boxed()
        .flatMap(batch -> ledger.finished(batch).stream())
        .filter(finished -> published(finished.intent()))
        .findFirst()
        .filter(finished -> finished.intent().epoch() == epoch);
  }

  private Optional<MeasuredBatch> delivered(long batch) {
    return ledger
        .end(batch)
        .filter(end -> end.kind() == BatchEnd.Kind.DONE)
        .flatMap(end -> ledger.intent(batch))
        .filter(PastBatches::published)
        .map(
            intent ->
                new MeasuredBatch(intent.table(), batch, intent.clock(), ledger.metrics(batch)));
  }

  /** Whether a done batch published a delivery, so that others can be compared with it. */
  public static boolean published(Intent intent) {
    return !intent.rejected()
        && intent.input() instanceof BatchInput.Tables tables
        && tables.ranges().stream().noneMatch(TableRange::isBeforeCreation);
  }
}
