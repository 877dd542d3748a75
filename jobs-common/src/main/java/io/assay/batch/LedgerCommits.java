package io.assay.batch;

import io.assay.table.SavedStates;
import io.assay.table.TableName;
import io.assay.table.TableState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one run writes into a table's ledger, each through the seam. */
final class LedgerCommits {
  private final BatchProtocol protocol;
  private final TableName table;
  private final BatchLedger ledger;
  private final CommitSeam seam;

  LedgerCommits(BatchProtocol protocol, TableName table, BatchLedger ledger, CommitSeam seam) {
    this.protocol = protocol;
    this.table = table;
    this.ledger = ledger;
    this.seam = seam;
  }

  void begin(Intent intent) {
    commit("INTENT", () -> ledger.begin(intent));
  }

  /** Ends a batch of which nothing was committed. */
  void abandon(Intent intent) {
    BatchEnd end =
        end(intent, BatchEnd.Kind.ABANDONED, Account.EMPTY, Map.of(), List.of(), Optional.empty());
    commit("ABANDONED", () -> ledger.finish(end));
  }

  HeldBatch hold(Intent intent, Verdict verdict, Account account) {
    HeldBatch held =
        new HeldBatch(
            intent.batch(),
            LedgerJson.hash(intent.configuration()),
            protocol.clock.instant(),
            verdict.holds(),
            account);
    commit("HELD", () -> ledger.hold(held));
    return held;
  }

  void startEpoch(String reason) {
    commit("EPOCH", () -> ledger.startEpoch(reason, protocol.runId, protocol.clock.instant()));
  }

  /**
   * Ends a batch whose tables are written.
   *
   * @param states what is known of the table's rows now; empty if nothing is kept
   * @param written the tables as the batch left them
   * @param notes what there is to say about it
   * @param schema what it knows of columns
   */
  void finish(
      Intent intent,
      Verdict verdict,
      Optional<SavedStates> states,
      Account account,
      Map<TableName, TableState> written,
      List<String> notes,
      Optional<SchemaNote> schema) {
    if (states.isPresent()) {
      commit("STATES", () -> ledger.remember(intent.batch(), states.get()));
    }
    if (!verdict.metrics().isEmpty()) {
      commit("METRICS", () -> ledger.measured(intent.batch(), verdict.metrics()));
    }
    BatchEnd end = end(intent, BatchEnd.Kind.DONE, account, written, notes, schema);
    commit("DONE", () -> ledger.finish(end));
  }

  private BatchEnd end(
      Intent intent,
      BatchEnd.Kind kind,
      Account account,
      Map<TableName, TableState> written,
      List<String> notes,
      Optional<SchemaNote> schema) {
    return new BatchEnd(
        kind,
        intent.table(),
        intent.epoch(),
        intent.batch(),
        protocol.runId,
        protocol.clock.instant(),
        account,
        written,
        notes,
        schema);
  }

  private void commit(String step, Runnable action) {
    seam.commit(new CommitSeam.Point(table, step), action);
  }
}
