package io.assay.silver.history;

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
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.assay.table.EventColumns;
import io.assay.table.HistoryColumns;
import io.assay.table.RowColumns;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Events to versions: the function that a history table is. It works on the rows of {@link
 * FoldInput}, key by key, after one shuffle:
 *
 * <ol>
 *   <li>settle: of the events at one sequence one wins, by content;
 *   <li>place: each winner against its predecessor: does it open, close, change?
 *   <li>span: winners between two turns are one span, a version or a gap; the next one ends it;
 *   <li>pair: each version beside what is stored of it.
 * </ol>
 */
final class Fold {
  /** How many new events of the row's span were applied, by what each did at its place. */
  static final String APPLIED = "_applied";

  static final String UNCHANGED = "_unchanged";
  static final String SUPERSEDED = "_superseded";

  /** Events that are applied if the pair differs, else unchanged. */
  static final String PENDING = "_pending";

  /** 0 for events that take part, 1 for tie losers, 2 for rows that stand aside. */
  private static final String LANE = "_lane";

  private static final String DISPLACES = "_displaces";
  private static final String BEFORE = "_before";
  private static final String TRACKED = "_tracked";
  private static final String ALL = "_all";
  private static final String TURNS = "_turns";
  private static final String CHANGES = "_changes";
  private static final String RUN = "_run";
  private static final String PAIR = "_pair";

  private final HistoryDefinition definition;

  Fold(HistoryDefinition definition) {
    this.definition = definition;
  }

  /** One row per version that is folded or stored, and per gap: with both, and with counts. */
  Dataset<Row> pairs(Dataset<Row> input) {
    return paired(spans(counted(placed(settled(input.repartition(col(PackedColumns.KEY)))))));
  }

  private static Dataset<Row> settled(Dataset<Row> input) {
    WindowSpec tie =
        Window.partitionBy(PackedColumns.KEY, PackedColumns.ASIDE, EventColumns.SEQUENCE);
    WindowSpec best = tie.orderBy(isDelete().desc(), col(EventColumns.HASH).desc());
    Column known = not(col(PackedColumns.FRESH));
    Column displaces =
        max(known)
            .over(tie)
            // The attributes of a delete do not matter to the state.
            .and(not(isDelete().and(max(known.and(isDelete())).over(tie))));
    return input
        .withColumn(DISPLACES, displaces)
        .withColumn("_rank", row_number().over(best))
        .withColumn(
            LANE,
            when(col(PackedColumns.ASIDE), lit(2))
                .when(col("_rank").gt(1), lit(1))
                .otherwise(lit(0)))
        .drop("_rank");
  }

  private Dataset<Row> placed(Dataset<Row> settled) {
    WindowSpec order = Window.partitionBy(PackedColumns.KEY, LANE).orderBy(EventColumns.SEQUENCE);
    WindowSpec upToHere = order.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column here =
        struct(
            col(EventColumns.OPERATION),
            Canonical.values(col(PackedColumns.VALUES), definition.tracked()).as(TRACKED),
            Canonical.values(
                    col(PackedColumns.VALUES), Arrays.asList(definition.columns().fields()))
                .as(ALL));
    Column wasUpsert = col(BEFORE).getField(EventColumns.OPERATION).eqNullSafe(EventColumns.UPSERT);
    Column continues = wasUpsert.and(same(TRACKED));
    Column turns = when(isDelete(), wasUpsert).otherwise(not(continues));
    return settled
        .withColumn(EventColumns.VALID_TIME, max(EventColumns.VALID_TIME).over(upToHere))
        .withColumn("_here", here)
        .withColumn(BEFORE, lag("_here", 1).over(order))
        .withColumn(TURNS, turns.or(col(LANE).notEqual(0)))
        .withColumn(CHANGES, col(TURNS).or(not(isDelete()).and(not(same(ALL)))))
        .withColumn(RUN, sum(col(TURNS).cast("int")).over(upToHere))
        .drop("_here", BEFORE);
  }

  private static Column same(String content) {
    return col("_here").getField(content).eqNullSafe(col(BEFORE).getField(content));
  }

  private Dataset<Row> counted(Dataset<Row> placed) {
    Column wins = col(PackedColumns.FRESH).and(col(LANE).equalTo(0));
    Column loses = col(PackedColumns.FRESH).and(col(LANE).notEqual(0));
    if (definition.versioned()) {
      Column effective = col(CHANGES).or(col(DISPLACES));
      return counts(placed, wins.and(effective), wins.and(not(effective)), loses, lit(false));
    }
    WindowSpec lane = Window.partitionBy(PackedColumns.KEY, LANE);
    Column last =
        col(EventColumns.SEQUENCE)
            .equalTo(max(when(col(PackedColumns.FRESH), col(EventColumns.SEQUENCE))).over(lane));
    return counts(
        placed.withColumn("_last", coalesce(last, lit(false))),
        lit(false),
        lit(false),
        loses.or(wins.and(not(col("_last")))),
        wins.and(col("_last")));
  }

  private static Dataset<Row> counts(
      Dataset<Row> rows, Column applied, Column unchanged, Column superseded, Column pending) {
    return rows.withColumn(APPLIED, applied.cast("bigint"))
        .withColumn(UNCHANGED, unchanged.cast("bigint"))
        .withColumn(SUPERSEDED, superseded.cast("bigint"))
        .withColumn(PENDING, pending.cast("bigint"));
  }

  private Dataset<Row> spans(Dataset<Row> counted) {
    Dataset<Row> spans =
        counted
            .groupBy(col(PackedColumns.KEY), col(LANE), col(RUN))
            .agg(
                // All events of a run do the same.
                first(EventColumns.OPERATION).as(EventColumns.OPERATION),
                min(EventColumns.SEQUENCE).as(EventColumns.SEQUENCE),
                min(EventColumns.VALID_TIME).as(HistoryColumns.VALID_FROM),
                max_by(col(PackedColumns.VALUES), col(EventColumns.SEQUENCE))
                    .as(PackedColumns.VALUES),
                max(RowColumns.BATCH).as(RowColumns.BATCH),
                first(col(PackedColumns.STORED), true).as(PackedColumns.STORED),
                sum(APPLIED).as(APPLIED),
                sum(UNCHANGED).as(UNCHANGED),
                sum(SUPERSEDED).as(SUPERSEDED),
                sum(PENDING).as(PENDING));
    WindowSpec order = Window.partitionBy(PackedColumns.KEY, LANE).orderBy(EventColumns.SEQUENCE);
    Column isVersion =
        col(LANE).equalTo(0).and(col(EventColumns.OPERATION).equalTo(EventColumns.UPSERT));
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
        .groupBy(col(PackedColumns.KEY), col(PAIR))
        .agg(
            first(col(PackedColumns.FOLDED), true).as(PackedColumns.FOLDED),
            first(col(PackedColumns.STORED), true).as(PackedColumns.STORED),
            sum(APPLIED).as(APPLIED),
            sum(UNCHANGED).as(UNCHANGED),
            sum(SUPERSEDED).as(SUPERSEDED),
            sum(PENDING).as(PENDING))
        .drop(PAIR);
  }

  private static Column isDelete() {
    // A row that stands aside does nothing.
    return col(EventColumns.OPERATION).eqNullSafe(EventColumns.DELETE);
  }
}
