package io.assay.ops;

import io.assay.batch.BatchLedger;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * How a job's tables stand between two of its batches. It needs no lease, so a stream goes on
 * meanwhile.
 *
 * @param states of the tables
 * @param batch the newest that they may hold rows of
 * @param epoch in force then
 */
public record Standstill(Map<TableName, TableState> states, long batch, int epoch) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  /**
   * Waits for a moment without a batch in hand. If none comes for half a minute, because a batch
   * takes that long or a run died in it, the tables are taken as they are.
   *
   * @param job whose batches write the tables
   */
  public static Standstill of(
      SparkSession spark, Warehouse warehouse, TableName job, Collection<TableName> tables) {
    BatchLedger ledger = BatchLedger.of(spark, warehouse, job);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      boolean still = !inHand(ledger);
      long batch = ledger.newestBatch();
      int epoch = ledger.epoch();
      Map<TableName, TableState> states =
          tables.stream()
              .distinct()
              .collect(
                  Collectors.toMap(
                      Function.identity(), table -> new TableLog(spark, warehouse, table).state()));
      if ((still && batch == ledger.newestBatch()) || System.nanoTime() > end) {
        return new Standstill(states, batch, epoch);
      }
      pause(job);
    }
  }

  /** How a table stood. */
  public TableState state(TableName table) {
    return states.get(table);
  }

  private static boolean inHand(BatchLedger ledger) {
    return ledger.open().filter(open -> ledger.held(open.batch()).isEmpty()).isPresent();
  }

  private static void pause(TableName job) {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + job, e);
    }
  }
}
