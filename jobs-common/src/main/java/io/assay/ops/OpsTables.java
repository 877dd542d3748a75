package io.assay.ops;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.assay.batch.BatchLedger;
import io.assay.batch.FinishedBatch;
import io.assay.batch.Lease;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.CommitGuard;
import io.assay.table.CommitTag;
import io.assay.table.TableAppend;
import io.assay.table.TableDescription;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the {@code ops} Delta tables from the ledgers, so that people can ask SQL about batches,
 * runs and measured quality. The ledgers stay the truth: a lost {@code ops} table is made again,
 * whole, by the next run.
 */
public final class OpsTables {
  /** One row per finished batch, with its account. */
  public static final TableName BATCHES = TableName.ops("batches");

  /** One row per table and run. */
  public static final TableName RUNS = TableName.ops("runs");

  /** One row per measured quality of a batch. */
  public static final TableName QUALITY_METRICS = TableName.ops("quality_metrics");

  /** One row per change of columns that a batch met. */
  public static final TableName SCHEMA_CHANGES = TableName.ops("schema_changes");

  private static final TableDescription DESCRIPTION =
      new TableDescription(Optional.empty(), List.of(), Map.of());
  private static final int ATTEMPTS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(OpsTables.class);

  private final SparkSession spark;
  private final Warehouse warehouse;

  public OpsTables(SparkSession spark, Warehouse warehouse) {
    this.spark = spark;
    this.warehouse = warehouse;
  }

  /**
   * As {@link #refresh()}, under a lease where the store lets one commit replace another. Where
   * another run has it, what is missing is left to the next.
   *
   * @param runId names the run in the lease
   */
  public void refresh(String runId, Clock clock) {
    Configuration configuration = spark.sessionState().newHadoopConf();
    try {
      Optional<Lease> lease =
          Lease.ofShared(warehouse.opsLease(), "ops", configuration, runId, clock);
      try {
        CommitGuard.ask(() -> lease.ifPresent(Lease::confirm), this::refresh);
      } finally {
        lease.ifPresent(Lease::close);
      }
    } catch (AssayException e) {
      if (e.exitCode() != ExitCode.UNAVAILABLE) {
        throw e;
      }
      LOG.info("the ops tables are left to the next run: {}", e.getMessage());
    }
  }

  /**
   * Appends what the ledgers hold and the tables do not yet; commits nothing where there is nothing
   * new. Where another process does the same at the same time, the later one looks again; if others
   * are always faster, what is missing is left to the next run.
   */
  public void refresh() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (caughtUp()) {
        return;
      }
    }
  }

  /** Whether nobody else has written meanwhile. */
  private boolean caughtUp() {
    Known batches = known(BATCHES, "batch");
    Known metrics = known(QUALITY_METRICS, "batch");
    boolean lost = lost(batches);
    Known runs = known(RUNS, "run_id");
    List<Row> newBatches = new ArrayList<>();
    List<Row> newMetrics = new ArrayList<>();
    List<FinishedBatch> changing = new ArrayList<>();
    List<Row> newRuns = new ArrayList<>();
    for (TableName table : BatchLedger.tables(warehouse, spark.sessionState().newHadoopConf())) {
      BatchLedger ledger = BatchLedger.of(spark, warehouse, table);
      // Metrics may be ahead of the batches, where an earlier refresh was interrupted.
      long measured = (Long) metrics.newest(table, 0L);
      long told = (Long) batches.newest(table, 0L);
      ledger
          .doneAfter(lost ? 0 : told)
          .forEach(
              finished -> {
                if (!finished.end().changes().isEmpty()) {
                  changing.add(finished);
                }
                if (finished.end().batch() > told) {
                  newBatches.add(OpsRows.batch(finished));
                }
                if (finished.end().batch() > Math.max(told, measured)) {
                  ledger
                      .metrics(finished.end().batch())
                      .forEach(metric -> newMetrics.add(OpsRows.metric(finished, metric)));
                }
              });
      ledger
          .runs()
          .after((String) runs.newest(table, ""))
          .forEach(run -> newRuns.add(OpsRows.run(run)));
    }
    // Batches last: their newest number is what says how far the metrics have come.
    return append(metrics, newMetrics, OpsRows.METRICS_SCHEMA)
        && appendChanges(changing)
        && append(batches, newBatches, OpsRows.BATCHES_SCHEMA)
        && append(runs, newRuns, OpsRows.RUNS_SCHEMA);
  }

  /** Whether changes were told that are not there any more. Of most projects there are none. */
  private boolean lost(Known batches) {
    return batches.changing() && !new TableLog(spark, warehouse, SCHEMA_CHANGES).state().exists();
  }

  /** Looked at only where there are some. */
  private boolean appendChanges(List<FinishedBatch> changing) {
    if (changing.isEmpty()) {
      return true;
    }
    Known known = known(SCHEMA_CHANGES, "batch");
    List<Row> rows = new ArrayList<>();
    for (FinishedBatch finished : changing) {
      if (finished.end().batch() > (Long) known.newest(finished.end().table(), 0L)) {
        finished.end().changes().forEach(change -> rows.add(OpsRows.change(finished, change)));
      }
    }
    return append(known, rows, OpsRows.CHANGES_SCHEMA);
  }

  /**
   * What a table was found to hold.
   *
   * @param state when it was read
   * @param positions the newest of each table
   * @param changing whether it tells of batches with changes of columns
   */
  private record Known(
      TableName ops, TableState state, Map<String, Object> positions, boolean changing) {
    Object newest(TableName table, Object none) {
      return positions.getOrDefault(table.toString(), none);
    }
  }

  private Known known(TableName table, String position) {
    TableLog log = new TableLog(spark, warehouse, table);
    TableState state = log.state();
    if (!state.exists()) {
      return new Known(table, state, Map.of(), false);
    }
    Dataset<Row> rows = log.read(state.version());
    boolean tells = List.of(rows.columns()).contains(OpsRows.CHANGES);
    Map<String, Object> newest = new HashMap<>();
    boolean changing = false;
    for (Row row :
        rows.groupBy(col("table"))
            .agg(max(col(position)), max(tells ? col(OpsRows.CHANGES) : lit(0)))
            .collectAsList()) {
      newest.put(row.getString(0), row.get(1));
      changing |= !row.isNullAt(2) && row.getInt(2) > 0;
    }
    return new Known(table, state, newest, changing);
  }

  /**
   * Every append carries a number above the version that it read. So one that was decided on before
   * another's append has a number that is taken, and is not done.
   *
   * @return whether the table holds the rows now
   */
  private boolean append(Known known, List<Row> rows, StructType schema) {
    if (rows.isEmpty()) {
      return true;
    }
    CommitTag tag = new CommitTag(known.ops().toString(), known.state().version() + 1, "{}");
    try {
      return new TableAppend(warehouse, known.ops())
          .commit(spark.createDataFrame(rows, schema).coalesce(1), DESCRIPTION, tag);
    } catch (DeltaConcurrentModificationException e) {
      return false;
    }
  }
}
