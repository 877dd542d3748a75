package io.assay.ops;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.assay.batch.Account;
import io.assay.batch.BatchLedger;
import io.assay.batch.FinishedBatch;
import io.assay.batch.Metric;
import io.assay.batch.PastBatches;
import io.assay.batch.RunRecord;
import io.assay.batch.Series;
import io.assay.table.CommitTag;
import io.assay.table.TableAppend;
import io.assay.table.TableDescription;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
import org.apache.spark.sql.types.StructType;

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

  private static final String ACCOUNT =
      "read bigint, expanded bigint, implied bigint, applied bigint, unchanged bigint, superseded bigint,"
          + " duplicate bigint, quarantined bigint, filtered bigint, balanced boolean";
  private static final StructType BATCHES_SCHEMA =
      StructType.fromDDL(
          "table string, epoch int, batch bigint, run_id string, started_at timestamp, finished_at timestamp, "
              + ACCOUNT
              + ", versions map<string,bigint>, decision string, notes array<string>");
  private static final StructType RUNS_SCHEMA =
      StructType.fromDDL(
          "table string, run_id string, finished_at timestamp, outcome string, version bigint, "
              + ACCOUNT
              + ", notes array<string>");
  private static final StructType METRICS_SCHEMA =
      StructType.fromDDL(
          "table string, batch bigint, run_id string, measured_at timestamp, rule string, column string,"
              + " metric string, value double, outcome string, message string, series string,"
              + " series_time timestamp");

  private static final TableDescription DESCRIPTION =
      new TableDescription(Optional.empty(), List.of(), Map.of());
  private static final int ATTEMPTS = 10;

  private final SparkSession spark;
  private final Warehouse warehouse;

  public OpsTables(SparkSession spark, Warehouse warehouse) {
    this.spark = spark;
    this.warehouse = warehouse;
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
    Known runs = known(RUNS, "run_id");
    List<Row> newBatches = new ArrayList<>();
    List<Row> newMetrics = new ArrayList<>();
    List<Row> newRuns = new ArrayList<>();
    for (TableName table : BatchLedger.tables(warehouse, spark.sessionState().newHadoopConf())) {
      BatchLedger ledger = new BatchLedger(warehouse, table, spark.sessionState().newHadoopConf());
      // Metrics may be ahead of the batches, where an earlier refresh was interrupted.
      long measured = (Long) metrics.newest(table, 0L);
      ledger
          .doneAfter((Long) batches.newest(table, 0L))
          .forEach(
              finished -> {
                newBatches.add(batch(finished));
                if (finished.end().batch() > measured) {
                  ledger
                      .metrics(finished.end().batch())
                      .forEach(metric -> newMetrics.add(metric(finished, metric)));
                }
              });
      ledger.runsAfter((String) runs.newest(table, "")).forEach(run -> newRuns.add(run(run)));
    }
    // Batches last: their newest number is what says how far the metrics have come.
    return append(metrics, newMetrics, METRICS_SCHEMA)
        && append(batches, newBatches, BATCHES_SCHEMA)
        && append(runs, newRuns, RUNS_SCHEMA);
  }

  /**
   * What a table was found to hold.
   *
   * @param state when it was read
   * @param positions the newest of each table
   */
  private record Known(TableName ops, TableState state, Map<String, Object> positions) {
    Object newest(TableName table, Object none) {
      return positions.getOrDefault(table.toString(), none);
    }
  }

  private Known known(TableName table, String position) {
    Map<String, Object> newest = new HashMap<>();
    TableLog log = new TableLog(spark, warehouse, table);
    TableState state = log.state();
    if (state.exists()) {
      Dataset<Row> rows = log.read(state.version()).groupBy(col("table")).agg(max(col(position)));
      rows.collectAsList().forEach(row -> newest.put(row.getString(0), row.get(1)));
    }
    return new Known(table, state, newest);
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

  private static Row batch(FinishedBatch finished) {
    Map<String, Long> versions = new HashMap<>();
    finished
        .end()
        .written()
        .forEach((table, state) -> versions.put(table.toString(), state.version()));
    String decision =
        finished.intent().decision().isNone() ? null : finished.intent().decision().toString();
    return row(
        List.of(
            finished.end().table().toString(),
            finished.end().epoch(),
            finished.end().batch(),
            finished.end().runId(),
            Timestamp.from(finished.intent().clock()),
            Timestamp.from(finished.end().finishedAt())),
        finished.end().account(),
        versions,
        decision,
        finished.end().notes().toArray());
  }

  private static Row run(RunRecord run) {
    List<Object> first = new ArrayList<>();
    first.add(run.table().toString());
    first.add(run.runId());
    first.add(Timestamp.from(run.finishedAt()));
    first.add(run.outcome().label());
    first.add(run.version().isPresent() ? run.version().getAsLong() : null);
    return row(first, run.account(), new Object[] {run.notes().toArray()});
  }

  /** A value that no other can be compared with has no series. */
  private static Row metric(FinishedBatch finished, Metric metric) {
    Optional<Series> series =
        metric.series().filter(known -> PastBatches.published(finished.intent()));
    return RowFactory.create(
        finished.end().table().toString(),
        finished.end().batch(),
        finished.end().runId(),
        Timestamp.from(finished.intent().clock()),
        metric.rule(),
        metric.column().orElse(null),
        metric.metric(),
        metric.value().orElse(null),
        metric.outcome(),
        metric.message(),
        series.map(Series::id).orElse(null),
        series.flatMap(Series::time).map(Timestamp::from).orElse(null));
  }

  private static Row row(List<?> first, Account account, Object... last) {
    List<Object> values = new ArrayList<>(first);
    values.addAll(
        List.of(
            account.read(),
            account.expanded(),
            account.implied(),
            account.applied(),
            account.unchanged(),
            account.superseded(),
            account.duplicate(),
            account.quarantined(),
            account.filtered(),
            account.balanced()));
    values.addAll(java.util.Arrays.asList(last));
    return RowFactory.create(values.toArray());
  }
}
