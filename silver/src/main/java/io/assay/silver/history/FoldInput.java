package io.assay.silver.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import io.assay.table.EventColumns;
import io.assay.table.HistoryColumns;
import io.assay.table.RowColumns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The rows that a fold starts from: events, and what is stored of their keys. */
final class FoldInput {
  private final HistoryDefinition definition;
  private final EventRows rows;
  private final TimeTypes types;

  FoldInput(HistoryDefinition definition, TimeTypes types) {
    this.definition = definition;
    this.rows = new EventRows(definition);
    this.types = types;
  }

  /** New events, packed. */
  Dataset<Row> arriving(Dataset<Row> fresh, long batch) {
    return events(
        fresh.where(not(EventRows.isTruncate())).withColumn(RowColumns.BATCH, lit(batch)), true);
  }

  /** Rows of the events table. */
  Dataset<Row> remembered(Dataset<Row> events) {
    return events(
        rows.remembered(events.where(not(EventRows.isTruncate())), types)
            .withColumn(PackedColumns.LATE, lit(true)),
        false);
  }

  /**
   * The truncates among events.
   *
   * @param fresh whether the batch brings them
   * @param late whether they are for the keys that are folded from all their events
   */
  Dataset<Row> truncates(Dataset<Row> events, boolean fresh, boolean late) {
    return events
        .where(EventRows.isTruncate())
        .select(
            types.sequenceOf(EventColumns.SEQUENCE),
            types.validTimeOf(EventColumns.VALID_TIME),
            lit(fresh).as(PackedColumns.FRESH),
            lit(late).as(PackedColumns.LATE));
  }

  /**
   * Versions that new events follow: each stands for all the events behind it, as an upsert at its
   * start.
   */
  Dataset<Row> continued(Dataset<Row> stored) {
    return versions(stored, lit(EventColumns.UPSERT), false);
  }

  /** Versions that are only compared with what the events of their keys fold to. */
  Dataset<Row> aside(Dataset<Row> stored) {
    return versions(stored, lit(null).cast("string"), true);
  }

  /** Stored versions, with their packed key alone added: for joins before they become input. */
  Dataset<Row> keyed(Dataset<Row> stored) {
    return stored.select(col("*"), rows.key(stored));
  }

  private Dataset<Row> events(Dataset<Row> packed, boolean fresh) {
    return packed.select(
        col(PackedColumns.KEY),
        col(EventColumns.SEQUENCE),
        col(EventColumns.OPERATION),
        col(EventColumns.HASH),
        col(EventColumns.VALID_TIME),
        col(PackedColumns.VALUES),
        col(EventColumns.COLUMNS),
        col(RowColumns.BATCH),
        lit(fresh).as(PackedColumns.FRESH),
        col(PackedColumns.LATE),
        lit(false).as(PackedColumns.ASIDE),
        lit(null).cast(storedType()).as(PackedColumns.STORED));
  }

  private Dataset<Row> versions(Dataset<Row> stored, Column operation, boolean aside) {
    Column[] parts = {
      types.sequenceOf(EventColumns.SEQUENCE),
      rows.values(stored),
      definition.versioned()
          ? types.validTimeOf(HistoryColumns.VALID_FROM)
          : types.noValidTime().as(HistoryColumns.VALID_FROM),
      definition.versioned()
          ? types.validTimeOf(HistoryColumns.VALID_TO)
          : types.noValidTime().as(HistoryColumns.VALID_TO),
      definition.versioned()
          ? types.sequenceOf(HistoryColumns.END_SEQUENCE)
          : types.noSequence().as(HistoryColumns.END_SEQUENCE),
      col(RowColumns.BATCH)
    };
    return stored
        .select(rows.key(stored), struct(parts).as(PackedColumns.STORED))
        .select(
            col(PackedColumns.KEY),
            part(EventColumns.SEQUENCE),
            operation.as(EventColumns.OPERATION),
            lit(null).cast("string").as(EventColumns.HASH),
            part(HistoryColumns.VALID_FROM).as(EventColumns.VALID_TIME),
            part(PackedColumns.VALUES),
            lit(null).cast("string").as(EventColumns.COLUMNS),
            part(RowColumns.BATCH),
            lit(false).as(PackedColumns.FRESH),
            lit(aside).as(PackedColumns.LATE),
            lit(aside).as(PackedColumns.ASIDE),
            col(PackedColumns.STORED).cast(storedType()).as(PackedColumns.STORED));
  }

  private static Column part(String name) {
    return col(PackedColumns.STORED).getField(name).as(name);
  }

  private StructType storedType() {
    return new StructType()
        .add(EventColumns.SEQUENCE, types.sequence())
        .add(PackedColumns.VALUES, definition.columns())
        .add(HistoryColumns.VALID_FROM, types.validTime())
        .add(HistoryColumns.VALID_TO, types.validTime())
        .add(HistoryColumns.END_SEQUENCE, types.sequence())
        .add(RowColumns.BATCH, "bigint");
  }
}
