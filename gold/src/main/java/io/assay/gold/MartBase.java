package io.assay.gold;

import io.assay.batch.BatchLedger;
import io.assay.batch.FinishedBatch;
import io.assay.batch.Intent;
import io.assay.batch.PastBatches;
import io.assay.table.BatchCommit;
import io.assay.table.TableCommits;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The version of a mart that a batch changes.
 *
 * @param published the batch whose input it is made of
 * @param written the batch that wrote the table last: the same, or an earlier one where nothing of
 *     the mart has changed since
 */
record MartBase(FinishedBatch published, FinishedBatch written) {

  /** The newest that was published; what was rejected is none. Of this epoch. */
  static Optional<FinishedBatch> newest(BatchLedger ledger) {
    return before(ledger, ledger.epoch(), Long.MAX_VALUE);
  }

  /**
   * The newest of an epoch that was published before a batch.
   *
   * @param batch exclusive
   */
  static Optional<FinishedBatch> before(BatchLedger ledger, int epoch, long batch) {
    long newest = Math.min(batch, ledger.newestBatch() + 1);
    return new PastBatches(ledger, newest).newestPublished(epoch);
  }

  /** What a batch starts from; empty if it is the first of its epoch that publishes anything. */
  static Optional<MartBase> of(BatchLedger ledger, Intent intent) {
    return of(ledger, intent.table(), intent.epoch(), intent.batch());
  }

  /** The same for a batch to come. */
  static Optional<MartBase> of(BatchLedger ledger, TableName table) {
    return of(ledger, table, ledger.epoch(), Long.MAX_VALUE);
  }

  private static Optional<MartBase> of(BatchLedger ledger, TableName table, int epoch, long batch) {
    Optional<FinishedBatch> published = before(ledger, epoch, batch);
    Optional<FinishedBatch> written = published;
    while (written.isPresent() && wrote(written.get(), table) == null) {
      written = before(ledger, epoch, written.get().intent().batch());
    }
    return published.isPresent() && written.isPresent()
        ? Optional.of(new MartBase(published.get(), written.get()))
        : Optional.empty();
  }

  private static TableState wrote(FinishedBatch batch, TableName table) {
    return batch.end().written().get(table);
  }

  /** Whether the mart, as a batch found it, is still what was published. */
  boolean stands(SparkSession spark, Warehouse warehouse, Intent intent) {
    return stands(spark, warehouse, intent.pinned(intent.table()));
  }

  /**
   * The same of a state of it. Others may have changed it since, but also while the batch computed,
   * or before one that was interrupted was completed; so the log is read from where the batch
   * began. Where it does not reach back that far, only what came later is seen.
   */
  boolean stands(SparkSession spark, Warehouse warehouse, TableState found) {
    Intent intent = written.intent();
    TableName table = intent.table();
    TableState before = intent.pinned(table);
    TableLog log = new TableLog(spark, warehouse, table);
    if (new TableCommits(spark, warehouse, table).mark(before.version() + 1).isEmpty()) {
      return log.changedOnlyBy(Optional.empty(), wrote(written, table), found);
    }
    BatchCommit own = new BatchCommit(intent.application(PlannedMart.GOLD_STEP), intent.batch());
    return log.changedOnlyBy(Optional.of(own), before, found);
  }

  /** Whether query and contract are those that it was made with. */
  boolean sameDefinition(Intent intent) {
    return MartDefinition.sameRows(intent.configuration(), published.intent().configuration());
  }
}
