package io.assay.bench.quality;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.assay.bench.OrderColumn;
import io.assay.table.QuarantineColumns;
import io.assay.table.RowColumns;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a batch came to, in short, whatever the order and layout of the tables. */
record OrderTables(Content silver, Content quarantine) {

  /**
   * A table's content.
   *
   * @param hash sum of the hashes of all rows
   */
  record Content(long rows, BigDecimal hash) {
    static final Content NONE = new Content(0, BigDecimal.ZERO);

    private static Content of(Dataset<Row> table, Column... columns) {
      Row row = table.agg(count(lit(1)), sum(xxhash64(columns).cast("decimal(38, 0)"))).first();
      return row.getLong(0) == 0 ? NONE : new Content(row.getLong(0), row.getDecimal(1));
    }
  }

  /**
   * The content of the two tables.
   *
   * @param silver with the orders' columns and where they came from
   * @param quarantine with where the rows came from and the rules that they broke; empty if there
   *     is no such table
   */
  static OrderTables of(Dataset<Row> silver, Optional<Dataset<Row>> quarantine) {
    Column position = col(RowColumns.SOURCE).getField("position");
    Column[] columns =
        Stream.concat(
                OrderColumn.ALL.stream().map(column -> col(column.name())), Stream.of(position))
            .toArray(Column[]::new);
    return new OrderTables(
        Content.of(silver, columns),
        quarantine
            .map(rows -> Content.of(rows, position, array_sort(col(QuarantineColumns.RULES))))
            .orElse(Content.NONE));
  }
}
