package io.assay.table;

import java.util.OptionalLong;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionChecksum;
import org.apache.spark.sql.delta.actions.SetTransaction;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Which batches a table's log holds. Every commit writes them into its checksum file, so that one
 * small file tells; Delta itself would replay the log for it, which takes longer than a small
 * append. Where the checksum is missing or was written by somebody who leaves them out, the log is
 * replayed.
 */
final class CommittedBatches {
  private CommittedBatches() {}

  /** The greatest batch number committed under the application id; empty if none. */
  static OptionalLong last(Snapshot snapshot, String application) {
    Option<VersionChecksum> checksum = snapshot.checksumOpt();
    Option<Seq<SetTransaction>> known =
        checksum.isDefined() ? checksum.get().setTransactions() : Option.empty();
    if (known.isDefined()) {
      return JavaConverters.seqAsJavaList(known.get()).stream()
          .filter(done -> done.appId().equals(application))
          .mapToLong(SetTransaction::version)
          .max();
    }
    Option<Object> number = snapshot.transactions().get(application);
    return number.isDefined() ? OptionalLong.of((Long) number.get()) : OptionalLong.empty();
  }

  /**
   * Whether the log holds the tag's batch. If not, and another process commits the same batch
   * before the transaction does, the transaction fails.
   */
  static boolean hold(OptimisticTransaction transaction, CommitTag tag) {
    transaction.readTxn().$plus$eq(tag.application());
    return last(transaction.snapshot(), tag.application()).orElse(-1) >= tag.batch();
  }
}
