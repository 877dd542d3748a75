package io.assay.silver.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.assay.table.EventColumns;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.StructField;

/**
 * Fills what upserts leave out: a null in one of the columns that are {@code kept}, and a column
 * that the event does not tell, because it was not logged or because the contract had no such
 * column when the event came. It takes the value of the upsert before it, in the order of the
 * sequence; a delete or a truncate ends what can be taken.
 */
final class PartialUpdates {
  private static final String LIFE = "_life";
  private static final String STATED = "_stated";

  private PartialUpdates() {}

  /**
   * Settled events with their values filled.
   *
   * @param remembered whether there are remembered events among them, which may have come when the
   *     contract had other columns
   */
  static Dataset<Row> filled(
      Dataset<Row> events, HistoryDefinition definition, boolean remembered) {
    Set<StructField> columns = new LinkedHashSet<>(definition.dropped());
    columns.addAll(
        definition.partial() || remembered ? definition.attributes() : definition.kept());
    if (columns.isEmpty()) {
      return events;
    }
    Column values = col(PackedColumns.VALUES);
    WindowSpec life = upToHere(FoldColumns.CHUNK, PackedColumns.KEY, FoldColumns.LANE, LIFE);
    Column upsert = col(EventColumns.OPERATION).equalTo(EventColumns.UPSERT);
    Column filled = values;
    for (StructField column : columns) {
      Column value = values.getField(column.name());
      Column states = upsert.and(RecordedColumns.know(column));
      if (definition.kept().contains(column)) {
        states = states.and(value.isNotNull());
      }
      // A null can be stated too, so that values stand in a struct here.
      Column stated = when(states, struct(value.as(STATED)));
      filled = filled.withField(column.name(), last(stated, true).over(life).getField(STATED));
    }
    return events
        .withColumn(
            LIFE,
            sum(Fold.closes().or(col(FoldColumns.RESTARTS)).cast("int"))
                .over(upToHere(FoldColumns.CHUNK, PackedColumns.KEY, FoldColumns.LANE)))
        .withColumn(
            PackedColumns.VALUES,
            when(upsert.and(col(FoldColumns.LANE).equalTo(FoldColumns.EVENTS)), filled)
                .otherwise(values))
        .drop(LIFE);
  }

  private static WindowSpec upToHere(String first, String... more) {
    return Window.partitionBy(first, more)
        .orderBy(EventColumns.SEQUENCE)
        .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
  }
}
