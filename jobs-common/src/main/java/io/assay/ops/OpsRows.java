package io.assay.ops;

import io.assay.batch.Account;
import io.assay.batch.ColumnChange;
import io.assay.batch.FinishedBatch;
import io.assay.batch.Metric;
import io.assay.batch.PastBatches;
import io.assay.batch.RunRecord;
import io.assay.batch.Series;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The rows of the {@code ops} tables, and their columns. */
final class OpsRows {
  /** How many changes of columns a batch met; null of batches before these were noted. */
  static final String CHANGES = "column_changes";

  private static final String ACCOUNT =
      "read bigint, expanded bigint, implied bigint, applied bigint, unchanged bigint, superseded"
          + " bigint, duplicate bigint, quarantined bigint, filtered bigint, balanced boolean";
  static final StructType BATCHES_SCHEMA =
      StructType.fromDDL(
          "table string, epoch int, batch bigint, run_id string, started_at timestamp, finished_at"
              + " timestamp, "
              + ACCOUNT
              + ", versions map<string,bigint>, decision string, notes array<string>, "
              + CHANGES
              + " int");
  static final StructType RUNS_SCHEMA =
      StructType.fromDDL(
          "table string, run_id string, finished_at timestamp, outcome string, version bigint, "
              + ACCOUNT
              + ", notes array<string>");
  static final StructType METRICS_SCHEMA =
      StructType.fromDDL(
          "table string, batch bigint, run_id string, measured_at timestamp, rule string, column"
              + " string, metric string, value double, outcome string, message string, series"
              + " string, series_time timestamp");

  static final StructType CHANGES_SCHEMA =
      StructType.fromDDL(
          "table string, column string, change string, type_before string, type_after string,"
              + " policy string, action string, batch bigint, run_id string, changed_at timestamp");

  private OpsRows() {}

  static Row batch(FinishedBatch finished) {
    Map<String, Long> versions = new HashMap<>();
    finished
        .end()
        .written()
        .forEach((table, state) -> versions.put(table.toString(), state.version()));
    String decision =
        finished.intent().decision().isNone() ? null : finished.intent().decision().text();
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
        finished.end().notes().toArray(),
        finished.end().changes().size());
  }

  static Row run(RunRecord run) {
    List<Object> first = new ArrayList<>();
    first.add(run.table().toString());
    first.add(run.runId());
    first.add(Timestamp.from(run.finishedAt()));
    first.add(run.outcome().label());
    first.add(run.version().isPresent() ? run.version().getAsLong() : null);
    return row(first, run.account(), new Object[] {run.notes().toArray()});
  }

  /** A value that no other can be compared with has no series. */
  static Row metric(FinishedBatch finished, Metric metric) {
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

  static Row change(FinishedBatch finished, ColumnChange change) {
    return RowFactory.create(
        finished.end().table().toString(),
        change.column(),
        change.kind().label(),
        change.before().orElse(null),
        change.after().orElse(null),
        change.policy().orElse(null),
        change.action(),
        finished.end().batch(),
        finished.end().runId(),
        Timestamp.from(finished.intent().clock()));
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
    values.addAll(Arrays.asList(last));
    return RowFactory.create(values.toArray());
  }
}
