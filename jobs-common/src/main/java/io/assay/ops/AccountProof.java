package io.assay.ops;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.assay.batch.Account;
import io.assay.batch.BatchEnd;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchLedger;
import io.assay.table.Layer;
import io.assay.table.QuarantineColumns;
import io.assay.table.RowColumns;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Compares what the accounts say with what the tables hold, batch by batch. Every stored row knows
 * its batch, so a row that was lost or added behind Assay's back is found together with the batch
 * it belongs to. What runs write meanwhile is left out, and so are its accounts.
 */
public final class AccountProof {
  private final SparkSession spark;
  private final Warehouse warehouse;

  public AccountProof(SparkSession spark, Warehouse warehouse) {
    this.spark = spark;
    this.warehouse = warehouse;
  }

  /** Everything in which a table and its accounts differ; empty if they agree. */
  public List<Discrepancy> check(TableName table) {
    BatchLedger ledger = BatchLedger.of(spark, warehouse, table);
    Standstill still = Standstill.of(spark, warehouse, table, tables(table));
    Map<Long, BatchEnd> accounts = new TreeMap<>();
    List<Discrepancy> found = new ArrayList<>();
    ledger
        .doneAfter(0)
        .filter(finished -> finished.end().batch() <= still.batch())
        .forEach(
            finished -> {
              BatchEnd end = finished.end();
              if (finished.intent().input() instanceof BatchInput.Replayed) {
                // Its rows took the place of all that the batches before had written.
                accounts.clear();
                found.clear();
              }
              // A mart's rejected batch leaves the version before it in place.
              if (table.layer() != Layer.GOLD || end.written().containsKey(table)) {
                accounts.put(end.batch(), end);
              }
              if (!end.account().balanced()) {
                found.add(unbalanced(table, end));
              }
            });
    for (Holding holding : holdings(table, still)) {
      found.addAll(compare(holding, accounts, still));
    }
    return found;
  }

  /** A stored table, and how many of its rows a batch's account foresees. */
  private record Holding(TableName table, ToLongFunction<Account> rows) {}

  private static List<TableName> tables(TableName table) {
    return table.layer() == Layer.SILVER
        ? List.of(table, TableName.quarantine(table.name()), TableName.events(table.name()))
        : List.of(table);
  }

  private static List<Holding> holdings(TableName table, Standstill still) {
    if (table.layer() == Layer.PUBLISH) {
      return List.of();
    }
    if (table.layer() == Layer.GOLD) {
      return List.of(new Holding(table, account -> account.applied() - account.implied()));
    }
    if (table.layer() != Layer.SILVER) {
      return List.of(new Holding(table, Account::applied));
    }
    Holding quarantine = new Holding(TableName.quarantine(table.name()), Account::quarantined);
    TableName events = TableName.events(table.name());
    return still.state(events).exists()
        ? List.of(
            quarantine,
            new Holding(
                events,
                account ->
                    account.applied()
                        + account.unchanged()
                        + account.superseded()
                        - account.implied()))
        : List.of(quarantine, new Holding(table, Account::applied));
  }

  private List<Discrepancy> compare(
      Holding holding, Map<Long, BatchEnd> accounts, Standstill still) {
    TableState state = still.state(holding.table());
    Map<Long, Long> stored = rowsByBatch(holding.table(), state);
    if (holding.table().layer() == Layer.QUARANTINE) {
      // Before a rebuild others tried them, and its account stands for theirs.
      long first = accounts.keySet().stream().mapToLong(Long::longValue).min().orElse(0);
      failedAgain(holding.table(), state)
          .forEach((batch, rows) -> stored.merge(Math.max(batch, first), rows, Long::sum));
    }
    List<Discrepancy> found = new ArrayList<>();
    accounts.forEach(
        (batch, end) -> {
          TableState written = end.written().get(holding.table());
          if (end.epoch() < still.epoch() && written != null && !written.id().equals(state.id())) {
            // A new epoch began with a table made anew, which holds nothing of this batch.
            return;
          }
          long foreseen = holding.rows().applyAsLong(end.account());
          Long held = stored.remove(batch);
          long rows = held == null ? 0 : held;
          // What an earlier batch gave to a mart may have been replaced since, but is never more.
          boolean replaced = holding.table().layer() == Layer.GOLD && batch < lastOf(accounts);
          if (replaced ? rows > foreseen : rows != foreseen) {
            found.add(
                new Discrepancy(
                    holding.table(),
                    batch,
                    "the account of batch %d says %d rows, the table holds %d of them"
                        .formatted(batch, foreseen, rows)));
          }
        });
    stored.forEach(
        (batch, rows) ->
            found.add(
                new Discrepancy(
                    holding.table(),
                    batch,
                    "%d rows claim batch %d, which has no account".formatted(rows, batch))));
    return found;
  }

  private Map<Long, Long> rowsByBatch(TableName table, TableState state) {
    Map<Long, Long> rows = new TreeMap<>();
    if (state.exists()) {
      Dataset<Row> counts =
          new TableLog(spark, warehouse, table)
              .read(state.version())
              .groupBy(col(RowColumns.BATCH))
              .agg(count(lit(1)));
      counts.collectAsList().forEach(row -> rows.put(row.getLong(0), row.getLong(1)));
    }
    return rows;
  }

  /** How many rows of quarantine each batch tried to take in and did not. */
  private Map<Long, Long> failedAgain(TableName quarantine, TableState state) {
    Map<Long, Long> rows = new TreeMap<>();
    if (state.exists()) {
      Column released = col(QuarantineColumns.RELEASED_BATCH);
      new TableLog(spark, warehouse, quarantine)
          .read(state.version())
          .select(explode(col(QuarantineColumns.REPLAYS)).as("tried"), released)
          .where(not(released.eqNullSafe(col("tried"))))
          .groupBy("tried")
          .agg(count(lit(1)))
          .collectAsList()
          .forEach(row -> rows.put(row.getLong(0), row.getLong(1)));
    }
    return rows;
  }

  private static long lastOf(Map<Long, BatchEnd> accounts) {
    return accounts.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private static Discrepancy unbalanced(TableName table, BatchEnd end) {
    return new Discrepancy(
        table,
        end.batch(),
        "the account of batch " + end.batch() + " does not balance: " + end.account());
  }
}
