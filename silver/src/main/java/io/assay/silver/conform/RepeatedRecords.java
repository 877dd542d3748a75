package io.assay.silver.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import io.assay.table.RowColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Tells which records say what an earlier one of their file said. */
final class RepeatedRecords {
  private static final String REPEAT = "__repeat";

  private RepeatedRecords() {}

  /**
   * The rows with their flags.
   *
   * @param bronze all rows of the files
   * @param content what records have in common that say the same
   */
  static Dataset<Row> flagged(Dataset<Row> bronze, List<Column> content) {
    List<Column> alike = new ArrayList<>(content);
    alike.add(col(RowColumns.SOURCE).getField("origin"));
    Column place =
        row_number()
            .over(
                Window.partitionBy(alike.toArray(Column[]::new))
                    .orderBy(col(RowColumns.SOURCE).getField("position")));
    return bronze.withColumn(REPEAT, place.gt(1));
  }

  /** Whether a row is a repeat; boolean, never null. */
  static Column flag() {
    return col(REPEAT);
  }
}
