package io.assay.silver.history;

import static io.assay.silver.history.EventRows.isTruncate;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.assay.table.EventColumns;
import io.assay.table.RowColumns;
import java.time.Duration;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Decides which events come too late: their valid time is further behind the newest of their key
 * than is allowed. Only what came to bronze in earlier commits counts, so it does not matter how
 * those are cut into batches. An event that is too late never is the newest, so all may be asked.
 */
final class Lateness {
  /** Whether the event is new and too late; boolean. */
  static final String TOO_LATE = "_too_late";

  private static final String COMMIT = "_commit";

  private Lateness() {}

  /** Rows with {@link Novelty#KNOWN} and the time of their commit to bronze, judged. */
  static Dataset<Row> judged(Dataset<Row> rows, Optional<Duration> bound) {
    if (bound.isEmpty()) {
      return rows.withColumn(TOO_LATE, lit(false));
    }
    // What is remembered came before everything that arrives.
    Column landed =
        when(col(PackedColumns.FRESH), struct(col(RowColumns.INGESTED_AT), col(RowColumns.RUN_ID)));
    Column newest =
        max(when(not(isTruncate()), micros()))
            .over(
                Window.partitionBy(PackedColumns.KEY)
                    .orderBy(COMMIT)
                    .rangeBetween(Window.unboundedPreceding(), -1));
    Column tooLate = micros().plus(lit(bound.get().toNanos() / 1_000)).lt(newest);
    return rows.withColumn(
            COMMIT,
            dense_rank()
                .over(Window.partitionBy(PackedColumns.KEY).orderBy(landed.asc_nulls_first())))
        .withColumn(
            TOO_LATE, Novelty.isNew().and(not(isTruncate())).and(coalesce(tooLate, lit(false))))
        .drop(COMMIT);
  }

  private static Column micros() {
    return unix_micros(col(EventColumns.VALID_TIME).cast("timestamp"));
  }
}
