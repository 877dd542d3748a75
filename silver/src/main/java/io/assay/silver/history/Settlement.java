package io.assay.silver.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.assay.table.EventColumns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Of the events of a key at one sequence one wins, by content alone: a delete before an upsert,
 * that before a mere presence, then the greatest hash.
 */
final class Settlement {
  private Settlement() {}

  /** The rows of {@link FoldInput}, each in its lane. */
  static Dataset<Row> settled(Dataset<Row> input) {
    WindowSpec tie =
        Window.partitionBy(
            col(FoldColumns.CHUNK),
            col(PackedColumns.KEY),
            col(PackedColumns.ASIDE),
            col(EventColumns.SEQUENCE));
    Column known = not(col(PackedColumns.FRESH));
    Column displaces =
        max(known)
            .over(tie)
            // The attributes of a delete do not matter to the state.
            .and(not(isDelete().and(max(known.and(isDelete())).over(tie))));
    return input
        .withColumn(FoldColumns.DISPLACES, displaces)
        .withColumn("_rank", row_number().over(strongest(tie)))
        .withColumn(
            FoldColumns.LANE,
            when(col(PackedColumns.ASIDE), lit(FoldColumns.ASIDE))
                .when(col("_rank").gt(1), lit(FoldColumns.LOSERS))
                .when(isPresent(), lit(FoldColumns.PRESENT))
                .otherwise(lit(FoldColumns.EVENTS)))
        .drop("_rank");
  }

  /** The same rows, the winner first. */
  static WindowSpec strongest(WindowSpec tie) {
    return tie.orderBy(isDelete().desc(), isPresent().asc(), col(EventColumns.HASH).desc());
  }

  // A row that stands aside does nothing.
  private static Column isDelete() {
    return col(EventColumns.OPERATION).eqNullSafe(EventColumns.DELETE);
  }

  private static Column isPresent() {
    return col(EventColumns.OPERATION).eqNullSafe(EventColumns.PRESENT);
  }
}
