package io.assay.app.plan;

import io.assay.batch.BatchEnd;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchLedger;
import io.assay.batch.FinishedBatch;
import io.assay.job.Pending;
import io.assay.table.Layer;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a job is behind the tables it reads, told by the ledgers alone: the batches that were
 * done upstream since the versions it read last.
 */
final class NewVersions {
  private NewVersions() {}

  /**
   * What is new.
   *
   * @param job the job's ledger
   * @param inputs the ledgers of the jobs it reads from
   */
  static Pending of(BatchLedger job, List<BatchLedger> inputs) {
    Map<TableName, TableRange> seen = seen(job);
    long versions = 0;
    long rows = 0;
    for (BatchLedger input : inputs) {
      for (long batch = input.newestBatch(); batch > 0; batch--) {
        List<Boolean> news = news(input.end(batch), seen);
        if (news.contains(true)) {
          versions++;
          rows += input.end(batch).orElseThrow().account().applied();
        } else if (!news.isEmpty()) {
          break;
        }
      }
    }
    return versions == 0 ? new Pending.Nothing() : new Pending.Versions(versions, rows);
  }

  private static Map<TableName, TableRange> seen(BatchLedger job) {
    Map<TableName, TableRange> seen = new HashMap<>();
    job.lastDone()
        .map(FinishedBatch::intent)
        .filter(intent -> intent.epoch() == job.epoch())
        .map(intent -> intent.input())
        .ifPresent(
            input -> {
              if (input instanceof BatchInput.Tables tables) {
                tables.ranges().forEach(range -> seen.put(range.table(), range));
              }
            });
    return seen;
  }

  /** For each table that the batch wrote and the job reads: whether the job has yet to see it. */
  private static List<Boolean> news(Optional<BatchEnd> end, Map<TableName, TableRange> seen) {
    return end.map(BatchEnd::written).orElse(Map.of()).entrySet().stream()
        .filter(written -> written.getKey().layer() != Layer.QUARANTINE)
        .filter(written -> seen.isEmpty() || seen.containsKey(written.getKey()))
        .map(written -> isNew(written.getValue(), seen.get(written.getKey())))
        .toList();
  }

  private static boolean isNew(TableState written, TableRange seen) {
    return seen == null || written.version() > seen.upTo() || !written.id().equals(seen.tableId());
  }
}
