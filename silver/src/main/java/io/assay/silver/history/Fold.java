package io.assay.silver.history;

import static io.assay.silver.history.FoldColumns.CHANGES;
import static io.assay.silver.history.FoldColumns.CHUNK;
import static io.assay.silver.history.FoldColumns.CLEARS;
import static io.assay.silver.history.FoldColumns.EVENTS;
import static io.assay.silver.history.FoldColumns.LANE;
import static io.assay.silver.history.FoldColumns.TURNS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.assay.table.EventColumns;
import io.assay.table.HistoryColumns;
import io.assay.table.RowColumns;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.StructField;

/**
 * Events to versions: the function that a history table is. It works on the rows of {@link
 * FoldInput}, key by key, after one shuffle:
 *
 * <ol>
 *   <li>settle: of the events at one sequence one wins, by content; {@link Settlement}
 *   <li>clear: the truncates that follow a key's event become events of the key; {@link Truncates}
 *   <li>place: each winner against its predecessor: does it open, close, change?
 *   <li>span: winners between two turns are one span, a version or a gap; the next one ends it;
 *   <li>pair: each version beside what is stored of it.
 * </ol>
 */
final class Fold {
  private static final String BEFORE = "_before";
  private static final String RUN = "_run";
  private static final String PAIR = "_pair";

  private final HistoryDefinition definition;

  Fold(HistoryDefinition definition) {
    this.definition = definition;
  }

  /**
   * One row per version that is folded or stored, and per gap: with both, and with {@link
   * Outcomes}.
   *
   * @param remembered whether there are remembered events among the rows
   * @param truncates rows of {@link FoldInput#truncates}; empty if none can matter
   */
  Dataset<Row> pairs(Dataset<Row> input, boolean remembered, Optional<Dataset<Row>> truncates) {
    Dataset<Row> events =
        truncates
            .map(rows -> new Truncates(definition, rows))
            .map(rows -> Truncates.cleared(Settlement.settled(rows.faced(input))))
            .orElseGet(
                () ->
                    Settlement.settled(alone(input))
                        .withColumn(CLEARS, lit(false))
                        .withColumn(FoldColumns.RESTARTS, lit(false)));
    Dataset<Row> filled = PartialUpdates.filled(events, definition, remembered);
    return paired(spans(Outcomes.counted(placed(filled), definition)));
  }

  /** One shuffle: everything that follows is within a key. */
  private static Dataset<Row> alone(Dataset<Row> input) {
    return input.repartition(col(PackedColumns.KEY)).withColumn(CHUNK, lit(0));
  }

  private Dataset<Row> placed(Dataset<Row> settled) {
    WindowSpec order =
        Window.partitionBy(CHUNK, PackedColumns.KEY, LANE).orderBy(EventColumns.SEQUENCE);
    WindowSpec upToHere = order.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column wasUpsert = col(BEFORE).getField(EventColumns.OPERATION).eqNullSafe(EventColumns.UPSERT);
    Column continues = wasUpsert.and(sameTracked());
    Column turns = when(closes(), wasUpsert).otherwise(not(continues));
    return settled
        .withColumn(EventColumns.VALID_TIME, max(EventColumns.VALID_TIME).over(upToHere))
        .withColumn(
            BEFORE,
            lag(struct(col(EventColumns.OPERATION), col(PackedColumns.VALUES)), 1).over(order))
        .withColumn(TURNS, turns.or(col(LANE).notEqual(EVENTS)))
        .withColumn(CHANGES, col(TURNS).or(not(closes()).and(not(same(columns())))))
        .withColumn(RUN, sum(col(TURNS).cast("int")).over(upToHere))
        .drop(BEFORE);
  }

  private List<StructField> columns() {
    return List.of(definition.columns().fields());
  }

  /** Which columns are compared was settled when the event was accepted. */
  private Column sameTracked() {
    Column same = lit(true);
    for (StructField field : columns()) {
      same = same.and(not(RecordedColumns.track(field)).or(same(List.of(field))));
    }
    return when(RecordedColumns.areThoseOf(definition), same(definition.tracked())).otherwise(same);
  }

  /** Whether the row and the one before it have equal values; true for no columns. */
  private static Column same(List<StructField> fields) {
    return Canonical.values(col(PackedColumns.VALUES), fields)
        .eqNullSafe(Canonical.values(col(BEFORE).getField(PackedColumns.VALUES), fields));
  }

  private Dataset<Row> spans(Dataset<Row> counted) {
    Dataset<Row> spans =
        counted
            .groupBy(col(CHUNK), col(PackedColumns.KEY), col(LANE), col(RUN))
            .agg(
                // All events of a run do the same.
                first(EventColumns.OPERATION).as(EventColumns.OPERATION),
                with(
                    min(EventColumns.SEQUENCE).as(EventColumns.SEQUENCE),
                    min(EventColumns.VALID_TIME).as(HistoryColumns.VALID_FROM),
                    max_by(col(PackedColumns.VALUES), col(EventColumns.SEQUENCE))
                        .as(PackedColumns.VALUES),
                    max(RowColumns.BATCH).as(RowColumns.BATCH),
                    first(col(PackedColumns.STORED), true).as(PackedColumns.STORED)));
    WindowSpec order =
        Window.partitionBy(CHUNK, PackedColumns.KEY, LANE).orderBy(EventColumns.SEQUENCE);
    Column isVersion =
        col(LANE).equalTo(EVENTS).and(col(EventColumns.OPERATION).equalTo(EventColumns.UPSERT));
    Column kept =
        definition.versioned()
            ? isVersion
            : isVersion.and(col(HistoryColumns.END_SEQUENCE).isNull());
    return spans
        .withColumn(HistoryColumns.END_SEQUENCE, lead(EventColumns.SEQUENCE, 1).over(order))
        .withColumn(HistoryColumns.VALID_TO, lead(HistoryColumns.VALID_FROM, 1).over(order))
        .withColumn(
            PackedColumns.FOLDED,
            when(
                kept,
                struct(
                    col(EventColumns.SEQUENCE),
                    col(PackedColumns.VALUES),
                    col(HistoryColumns.VALID_FROM),
                    col(HistoryColumns.VALID_TO),
                    col(HistoryColumns.END_SEQUENCE),
                    col(RowColumns.BATCH))));
  }

  private Dataset<Row> paired(Dataset<Row> spans) {
    // Versions are known by their start; of current rows there is one per key.
    Column pair = definition.versioned() ? col(EventColumns.SEQUENCE) : lit(0);
    return spans
        .withColumn(PAIR, pair)
        .groupBy(col(CHUNK), col(PackedColumns.KEY), col(PAIR))
        .agg(
            first(col(PackedColumns.FOLDED), true).as(PackedColumns.FOLDED),
            with(first(col(PackedColumns.STORED), true).as(PackedColumns.STORED)))
        .drop(CHUNK, PAIR);
  }

  private static Column[] with(Column... aggregates) {
    return Stream.concat(Stream.of(aggregates), Outcomes.sums().stream()).toArray(Column[]::new);
  }

  /** Whether the key is gone from here on. A row that stands aside does nothing. */
  static Column closes() {
    return coalesce(
        col(EventColumns.OPERATION).isin(EventColumns.DELETE, EventColumns.TRUNCATE), lit(false));
  }
}
