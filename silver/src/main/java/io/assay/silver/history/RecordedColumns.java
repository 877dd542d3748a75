package io.assay.silver.history;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.assay.table.EventColumns;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * What {@link EventColumns#COLUMNS} tells of a row: which columns there were when its event was
 * accepted, and which of them were tracked.
 */
final class RecordedColumns {
  private RecordedColumns() {}

  /** The columns of today, in the form that events keep. */
  static String of(HistoryDefinition definition) {
    return Arrays.stream(definition.columns().fields())
        .filter(field -> !definition.dropped().contains(field))
        .map(field -> field.name() + (definition.tracked().contains(field) ? "+" : "-"))
        .collect(Collectors.joining(",", ",", ","));
  }

  /**
   * The columns that accepted rows tell something of.
   *
   * @param rows may have {@link EventColumns#UNCHANGED}
   */
  static Column of(HistoryDefinition definition, Dataset<Row> rows) {
    Column all = lit(of(definition));
    if (!Arrays.asList(rows.columns()).contains(EventColumns.UNCHANGED)) {
      return all;
    }
    Column untold =
        transform(col(EventColumns.UNCHANGED), name -> concat(lit(","), name, lit("[+-](?=,)")));
    Column told = regexp_replace(all, array_join(untold, "|"), lit(""));
    return when(size(col(EventColumns.UNCHANGED)).gt(0), told).otherwise(all);
  }

  /** Whether the row's event was accepted under the columns of today; never null. */
  static Column areThoseOf(HistoryDefinition definition) {
    return coalesce(col(EventColumns.COLUMNS).equalTo(of(definition)), lit(true));
  }

  /** Whether a change of the column opened a version when the row's event was accepted. */
  static Column track(StructField field) {
    return col(EventColumns.COLUMNS).contains(entry(field, "+"));
  }

  /** Whether the row's event could say anything of the column; never null. */
  static Column know(StructField field) {
    Column columns = col(EventColumns.COLUMNS);
    return coalesce(track(field).or(columns.contains(entry(field, "-"))), lit(true));
  }

  /**
   * The same of one row.
   *
   * @param columns its {@link EventColumns#COLUMNS}; may be null
   */
  static boolean know(String columns, StructField field) {
    return columns == null
        || columns.contains(entry(field, "+"))
        || columns.contains(entry(field, "-"));
  }

  private static String entry(StructField field, String tracked) {
    return "," + field.name() + tracked + ",";
  }
}
