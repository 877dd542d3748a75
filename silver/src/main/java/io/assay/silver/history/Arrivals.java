package io.assay.silver.history;

import static io.assay.silver.history.Staging.times;
import static io.assay.silver.history.Staging.total;
import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.assay.silver.history.Staging.Staged;
import io.assay.table.EventColumns;
import io.assay.table.RowColumns;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * The events of a batch that nobody has seen before.
 *
 * @param staged them, packed, each marked whether its key is late
 * @param duplicates how many events were seen before, in the batch or in an earlier one
 * @param fresh how many are new
 * @param late the zones of the late keys; empty if everything is in order
 */
record Arrivals(Staged staged, long duplicates, long fresh, Optional<Zones> late) {
  private static final String KNOWN = "_known";

  /** Takes the first batch of all. */
  static Arrivals first(EventRows rows, Staging staging, Dataset<Row> accepted) {
    Staged staged =
        staging.write(
            "fresh",
            rows.distinct(rows.packed(accepted)).withColumn(PackedColumns.LATE, lit(false)),
            List.of(total(EventRows.repeats()).as("duplicates"), count(lit(1)).as("fresh")),
            kept -> kept);
    return new Arrivals(
        staged, staged.number("duplicates"), staged.number("fresh"), Optional.empty());
  }

  /**
   * Takes a later batch. Of the remembered events only those are looked at that are not before the
   * batch's least, so a feed in order reads the tail of the events and no more.
   *
   * @param events the events table as it was before the batch
   */
  static Arrivals later(
      SparkSession spark,
      HistoryDefinition definition,
      Staging staging,
      TimeTypes types,
      Dataset<Row> accepted,
      Dataset<Row> events) {
    EventRows rows = new EventRows(definition);
    Staged batch =
        staging.write(
            "distinct",
            rows.distinct(rows.packed(accepted)).withColumn(PackedColumns.LATE, lit(false)),
            List.of(
                total(EventRows.repeats()).as("duplicates"),
                count(lit(1)).as("fresh"),
                min(types.leading()).as("sequence"),
                min(col(EventColumns.VALID_TIME)).as("validTime")),
            kept -> kept);
    Dataset<Row> notBefore = events.where(notBefore(definition, types, batch));
    if (notBefore.inputFiles().length == 0) {
      // By the statistics of all files, every event is older: nothing is known, and nothing late.
      return new Arrivals(
          batch, batch.number("duplicates"), batch.number("fresh"), Optional.empty());
    }
    Dataset<Row> arriving = batch.read(spark);
    Dataset<Row> near =
        rows.remembered(notBefore, types)
            .join(arriving.select(PackedColumns.KEY), seq(PackedColumns.KEY), "left_semi");
    Column bit = expr("shiftleft(1L, " + Zones.INDEX + ")");
    Column isNew = col(PackedColumns.FRESH).and(not(col(KNOWN)));
    Column isLate = isNew.and(col(PackedColumns.LATE));
    Staged staged =
        staging.write(
            "fresh",
            judged(definition, arriving, near).withColumn(Zones.INDEX, Zones.index(rows.bucket())),
            List.of(
                times(col(PackedColumns.FRESH).and(col(KNOWN))).as("duplicates"),
                times(isNew).as("fresh"),
                coalesce(bit_or(when(isLate, bit).otherwise(lit(0L))), lit(0L)).as("zones")),
            judged -> judged.where(isNew).drop(PackedColumns.FRESH, KNOWN, Zones.INDEX));
    return new Arrivals(
        staged,
        batch.number("duplicates") + staged.number("duplicates"),
        staged.number("fresh"),
        Zones.of(staged.number("zones")));
  }

  private static Column notBefore(HistoryDefinition definition, TimeTypes types, Staged batch) {
    Column notBefore = types.leading().geq(lit(batch.measured().get("sequence")));
    return definition.timed()
        ? notBefore.or(col(EventColumns.VALID_TIME).gt(lit(batch.measured().get("validTime"))))
        : notBefore;
  }

  /**
   * Marks which events are known, and whose keys are late: a remembered event stands at or after
   * the least new one, or (where valid times can go back) has a greater valid time, to which later
   * ones are raised.
   */
  private static Dataset<Row> judged(
      HistoryDefinition definition, Dataset<Row> arriving, Dataset<Row> near) {
    WindowSpec same =
        Window.partitionBy(
            PackedColumns.KEY, EventColumns.SEQUENCE, EventColumns.OPERATION, EventColumns.HASH);
    WindowSpec key = Window.partitionBy(PackedColumns.KEY);
    Column remembered = not(col(PackedColumns.FRESH));
    Column isNew = col(PackedColumns.FRESH).and(not(col(KNOWN)));
    Column after =
        col(EventColumns.SEQUENCE).geq(min(when(isNew, col(EventColumns.SEQUENCE))).over(key));
    if (definition.timed()) {
      Column least = min(when(isNew, col(EventColumns.VALID_TIME))).over(key);
      after = after.or(col(EventColumns.VALID_TIME).gt(least));
    }
    return arriving
        .withColumn(PackedColumns.FRESH, lit(true))
        .unionByName(
            near.drop(PackedColumns.VALUES, RowColumns.BATCH)
                .withColumn(PackedColumns.FRESH, lit(false)),
            true)
        // One shuffle: everything below is within a key.
        .repartition(col(PackedColumns.KEY))
        .withColumn(KNOWN, max(remembered).over(same))
        .withColumn("_after", coalesce(remembered.and(after), lit(false)))
        .withColumn(PackedColumns.LATE, max(col("_after")).over(key))
        .drop("_after");
  }

  private static scala.collection.Seq<String> seq(String column) {
    return scala.collection.JavaConverters.asScalaBuffer(List.of(column)).toSeq();
  }
}
