package io.assay.silver.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.EventColumns;
import io.assay.table.HistoryColumns;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** All that is stored of one key. It is found by its bucket, so that few files are read. */
public final class KeyRecords {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final HistoryDefinition definition;

  public KeyRecords(SparkSession spark, Warehouse warehouse, HistoryDefinition definition) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.definition = definition;
  }

  /** Whether the text can be a value of one of the key's columns. */
  public boolean fits(StructField column, String text) {
    return !one().select(lit(text).cast(column.dataType())).first().isNullAt(0);
  }

  /**
   * The rows of the stored table, with all its columns, in the order of the sequence.
   *
   * @param key for each of the key's columns a text that fits
   */
  public List<Row> versions(Map<String, String> key) {
    return newest(definition.stored())
        .where(isKey(key))
        .orderBy(EventColumns.SEQUENCE)
        .collectAsList();
  }

  /**
   * The remembered events, with all their columns, in the order of the sequence; those that concern
   * every key are among them, and stand first at their sequence. Of different events of the key at
   * one sequence the first wins, and the others lose to it.
   *
   * @param key for each of the key's columns a text that fits
   */
  public List<Row> events(Map<String, String> key) {
    return newest(definition.events())
        .where(
            isKey(key)
                .or(
                    col(HistoryColumns.BUCKET)
                        .equalTo(EventRows.NO_BUCKET)
                        .and(EventRows.isTruncate())))
        .orderBy(
            col(EventColumns.SEQUENCE),
            EventRows.isTruncate().desc(),
            col(EventColumns.OPERATION).equalTo(lit(EventColumns.PRESENT)),
            // As in the fold: by content alone, a delete before an upsert.
            col(EventColumns.OPERATION).equalTo(lit(EventColumns.DELETE)).desc(),
            col(EventColumns.HASH).desc())
        .collectAsList();
  }

  /** Whether a remembered event says anything of a column. */
  public static boolean tells(Row event, StructField column) {
    return RecordedColumns.know(event.getAs(EventColumns.COLUMNS), column);
  }

  private Column isKey(Map<String, String> key) {
    Column[] values =
        definition.key().stream()
            .map(column -> value(column, key).as(column.name()))
            .toArray(Column[]::new);
    Dataset<Row> row = one().select(values);
    EventRows rows = new EventRows(definition);
    int bucket = row.select(rows.key(row)).select(rows.bucket()).first().getInt(0);
    return definition.key().stream()
        .map(column -> col(column.name()).equalTo(value(column, key)))
        .reduce(col(HistoryColumns.BUCKET).equalTo(lit(bucket)), Column::and);
  }

  private static Column value(StructField column, Map<String, String> key) {
    return lit(key.get(column.name())).cast(column.dataType());
  }

  private Dataset<Row> one() {
    return spark.range(1).toDF();
  }

  private Dataset<Row> newest(TableName table) {
    TableLog log = new TableLog(spark, warehouse, table);
    TableState state = log.state();
    if (!state.exists()) {
      throw new AssayException(
          ExitCode.FAILURE, table + " holds nothing yet: run the dataset that fills it");
    }
    return log.read(state.version());
  }
}
