package io.assay.silver.history;

import static io.assay.batch.StagedRows.times;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;

import io.assay.batch.StagedRows;
import io.assay.batch.StagingFolder;
import io.assay.table.EventColumns;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import scala.collection.JavaConverters;

/**
 * The events that a batch makes losers of a tie: new ones that lose, and remembered ones that had
 * won until now. A mere presence takes part in no tie, since it says nothing that could differ.
 *
 * @param staged what tells them from other events of the batch or of the events table
 * @param fresh how many are new
 * @param withdrawn how many had won until now
 */
record TieLosers(StagedRows staged, long fresh, long withdrawn) {
  /** Where nobody looked, or nobody lost. */
  static final TieLosers NONE = new TieLosers(null, 0, 0);

  private static final List<String> IDENTITY =
      List.of(PackedColumns.KEY, EventColumns.SEQUENCE, EventColumns.OPERATION, EventColumns.HASH);

  /** Finds them among the rows of {@link FoldInput}. */
  static TieLosers stage(StagingFolder staging, Dataset<Row> input) {
    WindowSpec best =
        Settlement.strongest(
            Window.partitionBy(
                col(PackedColumns.KEY),
                col(PackedColumns.ASIDE),
                col(PackedColumns.FRESH),
                col(EventColumns.SEQUENCE)));
    Column loses = col(FoldColumns.LANE).equalTo(FoldColumns.LOSERS).and(not(saysNothing()));
    Column isFresh = col(PackedColumns.FRESH);
    Column hadWon = not(isFresh).and(col("_rank").equalTo(1));
    Dataset<Row> settled =
        Settlement.settled(
                input.repartition(col(PackedColumns.KEY)).withColumn(FoldColumns.CHUNK, lit(0)))
            .withColumn("_rank", row_number().over(best));
    StagedRows staged =
        StagedRows.write(
            staging.file("ties"),
            settled,
            List.of(
                times(loses.and(isFresh)).as("fresh"), times(loses.and(hadWon)).as("withdrawn")),
            rows ->
                rows.where(loses.and(isFresh.or(hadWon)))
                    .select(
                        col(PackedColumns.KEY),
                        col(EventColumns.SEQUENCE),
                        col(EventColumns.OPERATION),
                        col(EventColumns.HASH),
                        isFresh));
    return new TieLosers(staged, staged.number("fresh"), staged.number("withdrawn"));
  }

  /** Whether the event is no rival of any other. */
  static Column saysNothing() {
    return col(EventColumns.OPERATION).eqNullSafe(EventColumns.PRESENT);
  }

  /** Those of the packed events that a batch brings which did not lose. */
  Dataset<Row> without(Dataset<Row> events, SparkSession spark) {
    return joined(events, spark, true, "left_anti");
  }

  /** Those of the packed events that lost. */
  Dataset<Row> among(Dataset<Row> events, SparkSession spark, boolean arriving) {
    return joined(events, spark, arriving, "left_semi");
  }

  private Dataset<Row> joined(
      Dataset<Row> events, SparkSession spark, boolean arriving, String how) {
    Dataset<Row> losers =
        staged
            .read(spark)
            .where(col(PackedColumns.FRESH).equalTo(arriving))
            .drop(PackedColumns.FRESH);
    return events.join(losers, JavaConverters.asScalaBuffer(IDENTITY).toSeq(), how);
  }
}
