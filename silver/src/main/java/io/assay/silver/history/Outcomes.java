package io.assay.silver.history;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.assay.config.History.Ties;
import io.assay.table.EventColumns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What became of new events, as numbers beside the rows of a {@link Fold}; {@link Counts} tells
 * what they mean.
 */
final class Outcomes {
  static final String APPLIED = "_applied";
  static final String UNCHANGED = "_unchanged";
  static final String SUPERSEDED = "_superseded";
  static final String IMPLIED = "_implied";

  /** Events that are applied if the stored row differs from the folded one, else unchanged. */
  static final String PENDING = "_pending";

  /** Deletes that are implied if the stored row differs from the folded one. */
  static final String PENDING_IMPLIED = "_pending_implied";

  private static final List<String> ALL =
      List.of(APPLIED, UNCHANGED, SUPERSEDED, IMPLIED, PENDING, PENDING_IMPLIED);

  private Outcomes() {}

  /** Adds the numbers, each 0 or 1, to placed rows. */
  static Dataset<Row> counted(Dataset<Row> placed, HistoryDefinition definition) {
    Column fresh = col(PackedColumns.FRESH);
    Column wins = fresh.and(col(FoldColumns.LANE).equalTo(FoldColumns.EVENTS));
    Column present = fresh.and(col(FoldColumns.LANE).equalTo(FoldColumns.PRESENT));
    Column loses = fresh.and(col(FoldColumns.LANE).equalTo(FoldColumns.LOSERS));
    if (definition.ties() == Ties.QUARANTINE) {
      // The others are counted where they are sent to quarantine.
      loses = loses.and(TieLosers.saysNothing());
    }
    Column clears = wins.and(col(FoldColumns.CLEARS));
    Column event = wins.and(not(col(FoldColumns.CLEARS)));
    Map<String, Column> numbers = new LinkedHashMap<>();
    if (definition.versioned()) {
      Column effective = col(FoldColumns.CHANGES).or(col(FoldColumns.DISPLACES));
      numbers.put(APPLIED, event.and(effective));
      numbers.put(UNCHANGED, present.or(event.and(not(effective))));
      numbers.put(SUPERSEDED, loses);
      numbers.put(IMPLIED, clears.and(col(FoldColumns.CHANGES)));
      numbers.put(PENDING, lit(false));
      numbers.put(PENDING_IMPLIED, lit(false));
    } else {
      numbers.put(APPLIED, lit(false));
      numbers.put(UNCHANGED, present);
      numbers.put(SUPERSEDED, loses.or(event.and(not(isLast()))));
      numbers.put(IMPLIED, lit(false));
      numbers.put(PENDING, event.and(isLast()));
      numbers.put(PENDING_IMPLIED, clears.and(isLast()));
    }
    numbers.replaceAll((name, holds) -> holds.cast("bigint"));
    return placed.withColumns(numbers);
  }

  /** The sums of all numbers, under their names. */
  static List<Column> sums() {
    return ALL.stream().map(name -> sum(name).as(name)).toList();
  }

  /** The number of events, or implied deletes, that count as applied. */
  static Column applied(Column differs) {
    return col(APPLIED).plus(when(differs, col(PENDING)).otherwise(lit(0L))).plus(implied(differs));
  }

  static Column unchanged(Column differs) {
    return col(UNCHANGED).plus(when(differs, lit(0L)).otherwise(col(PENDING)));
  }

  static Column implied(Column differs) {
    return col(IMPLIED).plus(when(differs, col(PENDING_IMPLIED)).otherwise(lit(0L)));
  }

  private static Column isLast() {
    WindowSpec lane = Window.partitionBy(FoldColumns.CHUNK, PackedColumns.KEY, FoldColumns.LANE);
    Column latest = max(when(col(PackedColumns.FRESH), col(EventColumns.SEQUENCE))).over(lane);
    return coalesce(col(EventColumns.SEQUENCE).equalTo(latest), lit(false));
  }
}
