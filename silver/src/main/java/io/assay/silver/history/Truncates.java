package io.assay.silver.history;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.assay.table.EventColumns;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Brings truncates to the keys that they clear. Only a truncate that directly follows an event of a
 * key matters to it, so each event needs to know the next one and no other. The truncates are
 * copied once to each of some chunks of keys, not to each key; a chunk in order of the sequence
 * then tells every row.
 */
final class Truncates {
  private static final String SEEN = "_truncate";
  private static final String COPY = "_copy";

  private final HistoryDefinition definition;
  private final Dataset<Row> truncates;

  /**
   * @param truncates rows of {@link FoldInput#truncates}: those marked late are for late keys, the
   *     others for keys in order
   */
  Truncates(HistoryDefinition definition, Dataset<Row> truncates) {
    this.definition = definition;
    this.truncates = truncates;
  }

  /** Input of the fold with chunk and next truncate, in the chunk's partition. */
  Dataset<Row> faced(Dataset<Row> input) {
    int chunks = input.sparkSession().sessionState().conf().numShufflePartitions();
    Column offset = when(col(PackedColumns.LATE), lit(chunks)).otherwise(lit(0));
    Dataset<Row> copies = input.sparkSession().range(chunks).toDF(COPY);
    Dataset<Row> seen =
        timed()
            .crossJoin(copies)
            .select(
                col(COPY).plus(offset).as(FoldColumns.CHUNK),
                col(EventColumns.SEQUENCE),
                seen().as(SEEN));
    Dataset<Row> faced =
        input
            .withColumn(
                FoldColumns.CHUNK, pmod(xxhash64(col(PackedColumns.KEY)), lit(chunks)).plus(offset))
            .unionByName(seen, true)
            .repartition(col(FoldColumns.CHUNK))
            .withColumn(FoldColumns.NEXT, last(SEEN, true).over(backwards()));
    return raised(faced).where(col(SEEN).isNull()).drop(SEEN);
  }

  /** Adds the truncates, as events of the keys that they clear. */
  static Dataset<Row> cleared(Dataset<Row> settled) {
    Column at = col(FoldColumns.NEXT).getField(FoldColumns.AT);
    Column takesPart = col(FoldColumns.LANE).isin(FoldColumns.EVENTS, FoldColumns.PRESENT);
    WindowSpec order =
        Window.partitionBy(col(FoldColumns.CHUNK), col(PackedColumns.KEY), takesPart)
            .orderBy(EventColumns.SEQUENCE);
    // At one sequence the truncate comes first, so an event of the key there outdoes it.
    Column clears =
        takesPart
            .and(col(EventColumns.OPERATION).notEqual(EventColumns.DELETE))
            .and(at.isNotNull())
            .and(coalesce(col("_following").gt(at), lit(true)));
    return settled
        .withColumn("_following", lead(EventColumns.SEQUENCE, 1).over(order))
        .withColumn(
            FoldColumns.RESTARTS, col(EventColumns.SEQUENCE).eqNullSafe(lag(at, 1).over(order)))
        .withColumn(
            FoldColumns.CLEARS,
            explode(when(clears, array(lit(false), lit(true))).otherwise(array(lit(false)))))
        .drop("_following")
        .withColumns(asEvent());
  }

  private static Map<String, Column> asEvent() {
    Column next = col(FoldColumns.NEXT);
    Map<String, Column> event = new LinkedHashMap<>();
    event.put(EventColumns.SEQUENCE, next.getField(FoldColumns.AT));
    event.put(EventColumns.OPERATION, lit(EventColumns.TRUNCATE));
    event.put(EventColumns.VALID_TIME, next.getField(EventColumns.VALID_TIME));
    event.put(PackedColumns.FRESH, next.getField(PackedColumns.FRESH));
    event.put(PackedColumns.STORED, lit(null));
    event.put(FoldColumns.DISPLACES, lit(false));
    event.put(FoldColumns.RESTARTS, lit(false));
    event.put(FoldColumns.LANE, lit(FoldColumns.EVENTS));
    event.replaceAll((name, value) -> when(col(FoldColumns.CLEARS), value).otherwise(col(name)));
    return event;
  }

  /** Valid times follow the sequence, among truncates too. */
  private Dataset<Row> timed() {
    WindowSpec order =
        Window.partitionBy(PackedColumns.LATE)
            .orderBy(EventColumns.SEQUENCE)
            .rangeBetween(Window.unboundedPreceding(), Window.currentRow());
    return definition.timed()
        ? truncates.withColumn(EventColumns.VALID_TIME, max(EventColumns.VALID_TIME).over(order))
        : truncates;
  }

  private static Column seen() {
    return struct(
        col(EventColumns.SEQUENCE).as(FoldColumns.AT),
        col(EventColumns.VALID_TIME),
        col(PackedColumns.FRESH));
  }

  /** Where valid times can go back, truncates raise the times of what follows them. */
  private Dataset<Row> raised(Dataset<Row> faced) {
    if (!definition.timed()) {
      return faced;
    }
    WindowSpec forwards =
        Window.partitionBy(FoldColumns.CHUNK)
            .orderBy(col(EventColumns.SEQUENCE), col(SEEN).isNull())
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column before = last(col(SEEN).getField(EventColumns.VALID_TIME), true).over(forwards);
    return faced.withColumn(
        EventColumns.VALID_TIME, greatest(col(EventColumns.VALID_TIME), before));
  }

  /** A truncate at a row's own sequence is not after it. */
  private static WindowSpec backwards() {
    return Window.partitionBy(FoldColumns.CHUNK)
        .orderBy(col(EventColumns.SEQUENCE).desc(), col(SEEN).isNotNull().asc())
        .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
  }
}
