package io.assay.app.plan;

import io.assay.batch.BatchEnd;
import io.assay.batch.BatchLedger;
import io.assay.batch.FinishedBatch;
import io.assay.job.Pending;
import io.assay.table.Layer;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import java.util.ArrayList;
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
   * @param feeds what brings it input
   */
  static Pending of(BatchLedger job, List<Feed> feeds) {
    Map<TableName, TableRange> seen = seen(job);
    long versions = 0;
    long rows = 0;
    for (Feed feed : feeds) {
      for (long batch = feed.ledger().newestBatch(); batch > 0; batch--) {
        Optional<BatchEnd> end = feed.ledger().end(batch);
        List<Boolean> news = news(feed, end, seen);
        if (news.contains(true)) {
          versions++;
          rows += end.orElseThrow().account().applied();
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
        .ifPresent(
            intent -> intent.input().ranges().forEach(range -> seen.put(range.table(), range)));
    return seen;
  }

  /** For each table that the batch wrote and the job reads: whether the job has yet to see it. */
  private static List<Boolean> news(
      Feed feed, Optional<BatchEnd> end, Map<TableName, TableRange> seen) {
    List<Boolean> news = new ArrayList<>();
    end.map(BatchEnd::written)
        .orElse(Map.of())
        .forEach(
            (table, state) ->
                feed.named(table)
                    .filter(name -> name.layer() != Layer.QUARANTINE)
                    .ifPresent(
                        name -> {
                          Optional<TableRange> range = range(name, seen);
                          if (seen.isEmpty() || range.isPresent()) {
                            news.add(range.isEmpty() || isNew(state, range.get()));
                          }
                        }));
    return news;
  }

  /** What was seen of a stored table, under its own name or as the current rows of its dataset. */
  private static Optional<TableRange> range(TableName stored, Map<TableName, TableRange> seen) {
    return Optional.ofNullable(seen.getOrDefault(stored, seen.get(stored.currentRows())));
  }

  private static boolean isNew(TableState written, TableRange seen) {
    return written.version() > seen.upTo() || !written.id().equals(seen.tableId());
  }
}
