package io.assay.silver.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.assay.table.EventColumns;
import io.assay.table.HistoryColumns;
import io.assay.table.RowColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Rows of events and versions, packed for the fold and flat for the tables. */
final class EventRows {
  /** How many buckets keys are hashed into. */
  static final int BUCKETS = 1024;

  /** Where truncates lie, which have no key: file statistics find them. */
  static final int NO_BUCKET = -1;

  private static final String FIRST = "_first";
  private static final String COPIES = "_copies";

  private final HistoryDefinition definition;

  EventRows(HistoryDefinition definition) {
    this.definition = definition;
  }

  /** Accepted rows as events: packed, and with their content's hash. A truncate has no key. */
  Dataset<Row> packed(Dataset<Row> accepted) {
    Dataset<Row> events = withoutKeyOfTruncates(accepted);
    return events.select(
        key(events),
        col(EventColumns.SEQUENCE),
        col(EventColumns.OPERATION),
        hash(events),
        col(EventColumns.VALID_TIME),
        values(events),
        col(RowColumns.SOURCE),
        col(RowColumns.INGESTED_AT),
        col(RowColumns.RUN_ID),
        RecordedColumns.of(definition, events).as(EventColumns.COLUMNS),
        optional(events, RowColumns.RAW, DataTypes.StringType),
        optional(events, EventColumns.ORDINAL, DataTypes.IntegerType));
  }

  private Dataset<Row> withoutKeyOfTruncates(Dataset<Row> accepted) {
    Map<String, Column> keys = new LinkedHashMap<>();
    for (StructField field : definition.key()) {
      keys.put(field.name(), when(not(isTruncate()), col(field.name())));
    }
    return accepted.withColumns(keys);
  }

  /** Whether the event concerns every key, and has none itself. */
  static Column isTruncate() {
    return col(EventColumns.OPERATION).equalTo(EventColumns.TRUNCATE);
  }

  /**
   * One row for events equal in key, sequence, operation and content: the one that landed first,
   * and in {@code _copies} how many there were.
   */
  Dataset<Row> distinct(Dataset<Row> packed) {
    Column landed =
        struct(col(RowColumns.INGESTED_AT), col(RowColumns.SOURCE), col(EventColumns.ORDINAL));
    Column[] rest = {
      col(EventColumns.VALID_TIME),
      col(PackedColumns.VALUES),
      col(RowColumns.SOURCE),
      col(RowColumns.INGESTED_AT),
      col(RowColumns.RUN_ID),
      col(EventColumns.COLUMNS),
      col(RowColumns.RAW),
      col(EventColumns.ORDINAL)
    };
    return packed
        .groupBy(
            col(PackedColumns.KEY),
            col(EventColumns.SEQUENCE),
            col(EventColumns.OPERATION),
            col(EventColumns.HASH))
        .agg(min_by(struct(rest), landed).as(FIRST), count(lit(1)).as(COPIES))
        .select(
            col(PackedColumns.KEY),
            col(EventColumns.SEQUENCE),
            col(EventColumns.OPERATION),
            col(EventColumns.HASH),
            col(FIRST + ".*"),
            col(COPIES));
  }

  /** How many rows of {@link #distinct} repeat another. */
  static Column repeats() {
    return col(COPIES).minus(lit(1));
  }

  /** Remembered events, packed; columns they do not have are null. */
  Dataset<Row> remembered(Dataset<Row> events, TimeTypes types) {
    return events.select(
        key(events),
        types.sequenceOf(EventColumns.SEQUENCE),
        col(EventColumns.OPERATION),
        col(EventColumns.HASH),
        types.validTimeOf(EventColumns.VALID_TIME),
        values(events),
        optional(events, EventColumns.COLUMNS, DataTypes.StringType),
        col(RowColumns.BATCH));
  }

  /** Remembered events, packed, with where they came from. */
  Dataset<Row> withOrigin(Dataset<Row> events, TimeTypes types) {
    return events.select(
        key(events),
        types.sequenceOf(EventColumns.SEQUENCE),
        col(EventColumns.OPERATION),
        col(EventColumns.HASH),
        types.validTimeOf(EventColumns.VALID_TIME),
        values(events),
        optional(events, EventColumns.COLUMNS, DataTypes.StringType),
        col(RowColumns.SOURCE),
        col(RowColumns.INGESTED_AT),
        col(RowColumns.RUN_ID),
        lit(null).cast(DataTypes.StringType).as(RowColumns.RAW),
        lit(null).cast(DataTypes.IntegerType).as(EventColumns.ORDINAL));
  }

  /** A column that the rows may lack. */
  private static Column optional(Dataset<Row> rows, String column, DataType type) {
    return List.of(rows.columns()).contains(column) ? col(column) : lit(null).cast(type).as(column);
  }

  /** Packed events as rows of the events table. */
  Dataset<Row> flat(Dataset<Row> packed, long batch) {
    return packed.select(flatColumns(batch).toArray(Column[]::new));
  }

  /** Packed events that are not taken: as {@link #flat}, with their raw form and ordinal. */
  Dataset<Row> refused(Dataset<Row> packed, long batch) {
    List<Column> columns = flatColumns(batch);
    columns.add(col(RowColumns.RAW));
    columns.add(col(EventColumns.ORDINAL));
    return packed.select(columns.toArray(Column[]::new));
  }

  private List<Column> flatColumns(long batch) {
    Column bucket = when(isTruncate(), lit(NO_BUCKET)).otherwise(bucket());
    return new ArrayList<>(
        List.of(
            col(PackedColumns.VALUES + ".*"),
            col(EventColumns.OPERATION),
            col(EventColumns.SEQUENCE),
            col(EventColumns.VALID_TIME),
            col(EventColumns.HASH),
            bucket.as(HistoryColumns.BUCKET),
            col(RowColumns.SOURCE),
            col(RowColumns.INGESTED_AT),
            col(RowColumns.RUN_ID),
            col(EventColumns.COLUMNS),
            lit(batch).as(RowColumns.BATCH)));
  }

  /** The bucket of a packed row's key. It survives a widening of the key's types, as JSON does. */
  Column bucket() {
    return pmod(xxhash64(keyJson()), lit(BUCKETS)).cast("int");
  }

  /** The identity of the version that the sequence opens. */
  Column versionId(Column sequence, TimeTypes types) {
    return sha2(
        concat(keyJson(), Canonical.json(sequence, Arrays.asList(types.sequence().fields()))), 256);
  }

  private Column keyJson() {
    return Canonical.json(col(PackedColumns.KEY), definition.key());
  }

  private Column hash(Dataset<Row> rows) {
    return sha2(
            Canonical.json(present(rows, definition.attributes()), definition.attributes()), 256)
        .as(EventColumns.HASH);
  }

  /** The rows' key, packed. */
  Column key(Dataset<Row> rows) {
    return present(rows, definition.key()).as(PackedColumns.KEY);
  }

  /** The rows' contract columns, packed. */
  Column values(Dataset<Row> rows) {
    return present(rows, Arrays.asList(definition.columns().fields())).as(PackedColumns.VALUES);
  }

  /** The fields as the rows have them; null for what they lack. */
  private Column present(Dataset<Row> rows, List<StructField> fields) {
    Set<String> names = Set.of(rows.columns());
    return struct(
        fields.stream()
            .map(
                field ->
                    (names.contains(field.name()) ? col(field.name()) : lit(null))
                        .cast(field.dataType())
                        .as(field.name()))
            .toArray(Column[]::new));
  }
}
