package io.assay.silver.history;

import static io.assay.silver.history.EventRows.isTruncate;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.assay.table.EventColumns;
import io.assay.table.RowColumns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Tells which of the arriving events are known, and whose keys are late.
 *
 * <p>A key is late if something remembered stands at or after something new that concerns it: a
 * remembered event of the key, or a truncate, at or after its least new event; or a remembered
 * event of the key at or after a new truncate. Where valid times can go back, a greater remembered
 * valid time makes it late as well, because later ones are raised to it.
 */
final class Novelty {
  /** Whether an arriving event is remembered already; boolean. */
  static final String KNOWN = "_known";

  /** Whether a remembered event stands at or after a new truncate; boolean. */
  static final String CLEARED = "_cleared";

  private final HistoryDefinition definition;
  private final Bound truncate;
  private final Bound remembered;

  /**
   * @param truncate the least of the arriving truncates
   * @param remembered the greatest of the remembered truncates
   */
  Novelty(HistoryDefinition definition, Bound truncate, Bound remembered) {
    this.definition = definition;
    this.truncate = truncate;
    this.remembered = remembered;
  }

  static Column isNew() {
    return col(PackedColumns.FRESH).and(not(col(KNOWN)));
  }

  /** Whether the event is new and not too late. */
  static Column isAccepted() {
    return isNew().and(not(col(Lateness.TOO_LATE)));
  }

  static Column isRepeat() {
    return col(PackedColumns.FRESH).and(col(KNOWN));
  }

  /**
   * Both as one, with {@link #KNOWN}, {@link Lateness#TOO_LATE}, {@link #CLEARED} and {@link
   * PackedColumns#LATE}.
   *
   * @param near remembered events: at least those that are not before the least that arrives of
   *     their key; if a truncate arrives, of all keys, those that are not before the least of all
   */
  Dataset<Row> judged(Dataset<Row> arriving, Dataset<Row> near) {
    WindowSpec same =
        Window.partitionBy(
            PackedColumns.KEY, EventColumns.SEQUENCE, EventColumns.OPERATION, EventColumns.HASH);
    WindowSpec key = Window.partitionBy(PackedColumns.KEY);
    Column fromTable = not(col(PackedColumns.FRESH));
    Dataset<Row> known =
        arriving
            .withColumn(PackedColumns.FRESH, lit(true))
            .unionByName(
                near.drop(PackedColumns.VALUES, EventColumns.COLUMNS, RowColumns.BATCH)
                    .withColumn(PackedColumns.FRESH, lit(false)),
                true)
            // One shuffle: everything below is within a key.
            .repartition(col(PackedColumns.KEY))
            .withColumn(KNOWN, max(fromTable).over(same));
    return Lateness.judged(known, definition.acceptLate())
        .withColumn(CLEARED, fromTable.and(not(isTruncate())).and(notBefore(truncate)))
        .withColumn("_repeats", fromTable.and(after(key)).or(isNew().and(notAfter(remembered))))
        .withColumn(
            PackedColumns.LATE,
            not(isTruncate())
                .and(max(col(CLEARED).or(coalesce(col("_repeats"), lit(false)))).over(key)))
        .drop("_repeats");
  }

  private Column after(WindowSpec key) {
    Column sequence = min(when(isNew(), col(EventColumns.SEQUENCE))).over(key);
    Column after = col(EventColumns.SEQUENCE).geq(sequence);
    return definition.timed()
        ? after.or(
            col(EventColumns.VALID_TIME)
                .gt(min(when(isNew(), col(EventColumns.VALID_TIME))).over(key)))
        : after;
  }

  private Column notBefore(Bound bound) {
    Column after = col(EventColumns.SEQUENCE).geq(bound.sequence());
    Column holds =
        definition.timed() ? after.or(col(EventColumns.VALID_TIME).gt(bound.validTime())) : after;
    return coalesce(holds, lit(false));
  }

  private Column notAfter(Bound bound) {
    Column before = col(EventColumns.SEQUENCE).leq(bound.sequence());
    Column holds =
        definition.timed() ? before.or(col(EventColumns.VALID_TIME).lt(bound.validTime())) : before;
    return coalesce(holds, lit(false));
  }

  /** A sequence and a valid time, as literals; null where there is no truncate. */
  record Bound(Column sequence, Column validTime) {}
}
