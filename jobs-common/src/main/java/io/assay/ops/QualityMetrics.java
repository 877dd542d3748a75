package io.assay.ops;

import static org.apache.spark.sql.functions.col;

import io.assay.batch.MeasuredBatch;
import io.assay.batch.Metric;
import io.assay.batch.Series;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What {@code ops.quality_metrics} tells, as batches; {@link
 * io.assay.quality.anomaly.RecordedMetrics} shows them as Deequ's repository.
 */
public record QualityMetrics(SparkSession spark, Warehouse warehouse) {

  /** What the batches of a table measured, oldest first; none if nothing is recorded yet. */
  public List<MeasuredBatch> of(TableName table) {
    TableLog log = new TableLog(spark, warehouse, OpsTables.QUALITY_METRICS);
    TableState state = log.state();
    if (!state.exists()) {
      return List.of();
    }
    Dataset<Row> rows = log.read(state.version()).where(col("table").equalTo(table.toString()));
    Map<Long, List<Metric>> metrics = new TreeMap<>();
    Map<Long, Instant> clocks = new TreeMap<>();
    for (Row row : rows.collectAsList()) {
      long batch = row.getAs("batch");
      clocks.put(batch, row.<Timestamp>getAs("measured_at").toInstant());
      metrics.computeIfAbsent(batch, none -> new ArrayList<>()).add(metric(row));
    }
    return metrics.entrySet().stream()
        .map(
            batch ->
                new MeasuredBatch(
                    table, batch.getKey(), clocks.get(batch.getKey()), batch.getValue()))
        .toList();
  }

  private static Metric metric(Row row) {
    Optional<Instant> time =
        Optional.<Timestamp>ofNullable(row.getAs("series_time")).map(Timestamp::toInstant);
    return new Metric(
        row.getAs("rule"),
        Optional.ofNullable(row.getAs("column")),
        row.getAs("metric"),
        Optional.ofNullable(row.getAs("value")),
        row.getAs("outcome"),
        row.getAs("message"),
        Optional.<String>ofNullable(row.getAs("series")).map(id -> new Series(id, time)));
  }
}
