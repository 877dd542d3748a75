package io.assay.silver.history;

import static io.assay.batch.StagedRows.times;
import static io.assay.batch.StagedRows.total;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.assay.batch.StagedRows;
import io.assay.batch.StagingFolder;
import io.assay.table.EventColumns;
import io.assay.table.HistoryColumns;
import io.assay.table.RowColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a batch changes in the stored table.
 *
 * @param staged the changed rows, as they are stored; a row to be removed has {@link #REMOVED} for
 *     its batch
 * @param rows how many there are
 */
record ChangeSet(
    StagedRows staged, long rows, long applied, long unchanged, long superseded, long implied) {
  /** Stands in {@code _batch} of a row to be removed; so the change set has the table's columns. */
  static final long REMOVED = -1;

  private static final String DIFFERS = "_differs";

  /** Compares pairs of {@link Fold#pairs} and stages those that differ. */
  static ChangeSet stage(
      HistoryDefinition definition,
      StagingFolder staging,
      TimeTypes types,
      Dataset<Row> pairs,
      long batch) {
    Dataset<Row> compared = pairs.withColumn(DIFFERS, differs(definition));
    StagedRows staged =
        StagedRows.write(
            staging.file("changes"),
            compared,
            List.of(
                times(col(DIFFERS)).as("rows"),
                total(Outcomes.applied(col(DIFFERS))).as("applied"),
                total(Outcomes.unchanged(col(DIFFERS))).as("unchanged"),
                total(col(Outcomes.SUPERSEDED)).as("superseded"),
                total(Outcomes.implied(col(DIFFERS))).as("implied")),
            kept -> stored(definition, types, kept.where(col(DIFFERS)), batch));
    return new ChangeSet(
        staged,
        staged.number("rows"),
        staged.number("applied"),
        staged.number("unchanged"),
        staged.number("superseded"),
        staged.number("implied"));
  }

  /** Whether a pair's two sides are different content, or one of them is missing. */
  static Column differs(HistoryDefinition definition) {
    Column folded = col(PackedColumns.FOLDED);
    Column stored = col(PackedColumns.STORED);
    Column same = content(definition, folded).eqNullSafe(content(definition, stored));
    return when(folded.isNull(), stored.isNotNull()).otherwise(stored.isNull().or(not(same)));
  }

  private static Column content(HistoryDefinition definition, Column side) {
    Column values =
        Canonical.values(
            side.getField(PackedColumns.VALUES), Arrays.asList(definition.columns().fields()));
    return definition.versioned()
        ? struct(
            values.as(PackedColumns.VALUES),
            side.getField(HistoryColumns.VALID_FROM),
            side.getField(HistoryColumns.VALID_TO),
            side.getField(HistoryColumns.END_SEQUENCE))
        : values;
  }

  private static Dataset<Row> stored(
      HistoryDefinition definition, TimeTypes types, Dataset<Row> pairs, long batch) {
    EventRows rows = new EventRows(definition);
    Column removed = col(PackedColumns.FOLDED).isNull();
    Column sequence = col("_row").getField(EventColumns.SEQUENCE);
    Column isOpen = col("_row").getField(HistoryColumns.END_SEQUENCE).isNull();
    List<Column> columns = new ArrayList<>();
    columns.add(col("_row." + PackedColumns.VALUES + ".*"));
    if (definition.versioned()) {
      columns.add(col("_row").getField(HistoryColumns.VALID_FROM).as(HistoryColumns.VALID_FROM));
      columns.add(col("_row").getField(HistoryColumns.VALID_TO).as(HistoryColumns.VALID_TO));
      columns.add(isOpen.as(HistoryColumns.IS_CURRENT));
      columns.add(rows.versionId(sequence, types).as(HistoryColumns.VERSION_ID));
      columns.add(
          col("_row").getField(HistoryColumns.END_SEQUENCE).as(HistoryColumns.END_SEQUENCE));
      columns.add(isOpen.cast("int").as(HistoryColumns.OPEN));
    }
    columns.add(sequence.as(EventColumns.SEQUENCE));
    columns.add(rows.bucket().as(HistoryColumns.BUCKET));
    columns.add(when(removed, lit(REMOVED)).otherwise(lit(batch)).as(RowColumns.BATCH));
    return pairs
        .withColumn("_row", coalesce(col(PackedColumns.FOLDED), col(PackedColumns.STORED)))
        .select(columns.toArray(Column[]::new));
  }
}
