package io.assay.gold;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.assay.batch.Intent;
import io.assay.batch.StagedRows;
import io.assay.config.Windows;
import io.assay.gold.windows.LateArrivals;
import io.assay.gold.windows.WindowMarks;
import io.assay.table.LateColumns;
import io.assay.table.RowColumns;
import io.assay.table.TableCatalog;
import io.assay.table.TableLog;
import io.assay.table.TableRange;
import io.assay.table.Warehouse;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The events that a batch of windows reads.
 *
 * @param before what the batch before left; empty for the first of an epoch, which takes all events
 */
record WindowEvents(
    SparkSession spark,
    Warehouse warehouse,
    Intent intent,
    Windows windows,
    Optional<WindowMarks> before) {

  /**
   * What came with a batch.
   *
   * @param newest the greatest time; empty if no event has one
   * @param late how many came too late
   * @param timeless how many have no time, so belong to no window
   * @param arrivals how to know the late ones; empty if there are none
   */
  record Arrived(
      Optional<Instant> newest, long late, long timeless, Optional<LateArrivals> arrivals) {}

  /** Whether it is the first batch of its epoch, which takes all events. */
  boolean first() {
    return before.isEmpty();
  }

  private TableRange range() {
    return intent.input().range(windows.of()).orElseThrow();
  }

  private TableLog log() {
    return new TableLog(spark, warehouse, windows.of());
  }

  private Column time() {
    return col("`" + windows.time() + "`");
  }

  private Optional<Instant> watermark() {
    return before.flatMap(WindowMarks::watermark);
  }

  private Dataset<Row> arriving() {
    return before.isPresent() ? log().read(range()) : log().read(range().upTo());
  }

  private Column isLate() {
    return watermark().map(mark -> time().lt(lit(mark))).orElse(lit(false));
  }

  /** Looks at the times of what came, and at nothing else. */
  Arrived arrived() {
    Row row =
        arriving()
            .agg(
                max(time()),
                StagedRows.times(coalesce(isLate(), lit(false))),
                StagedRows.times(time().isNull()),
                max(when(isLate(), time())),
                min(col(RowColumns.BATCH)),
                max(col(RowColumns.BATCH)))
            .first();
    long late = row.getLong(1);
    Optional<LateArrivals> arrivals =
        late == 0
            ? Optional.empty()
            : Optional.of(
                new LateArrivals(
                    row.getLong(4), row.getLong(5), watermark().orElseThrow(), instant(row, 3)));
    return new Arrived(
        row.isNullAt(0) ? Optional.empty() : Optional.of(instant(row, 0)),
        late,
        row.getLong(2),
        arrivals);
  }

  private static Instant instant(Row row, int place) {
    return row.<Timestamp>getAs(place).toInstant();
  }

  /** Those of what came that no window takes, as people are to see them. */
  Dataset<Row> lost() {
    Dataset<Row> lost = arriving().where(time().isNull().or(isLate()));
    Column missed =
        watermark()
            .map(mark -> when(time().isNotNull(), lit(mark)))
            .orElse(lit(null).cast("timestamp"));
    return TableCatalog.withoutInternal(lost)
        .withColumn(LateColumns.MISSED_WATERMARK, missed)
        .withColumn(RowColumns.BATCH, lit(intent.batch()));
  }

  /**
   * All events that an open window can have, those that came now among them.
   *
   * @param marks with what came too late now
   */
  Dataset<Row> open(WindowMarks marks) {
    return TableCatalog.withoutInternal(
        log().read(range().upTo()).where(marks.open(col(RowColumns.BATCH), time())));
  }
}
