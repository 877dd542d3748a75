package io.assay.bronze.http;

import io.assay.bronze.record.BoundedBytes;
import io.assay.bronze.record.Message;
import io.assay.http.Answer;
import io.assay.table.RowColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What lands of one page.
 *
 * @param around of {@link RowColumns#PAGE_TYPE}
 */
record PageRow(Message message, Row around) {
  private static final StructType SCHEMA =
      new StructType()
          .add(RowColumns.VALUE, DataTypes.StringType)
          .add(RowColumns.SOURCE, RowColumns.SOURCE_TYPE)
          .add(RowColumns.PROBLEM, DataTypes.StringType)
          .add(RowColumns.RAW, DataTypes.StringType)
          .add(RowColumns.PAGE, RowColumns.PAGE_TYPE);

  /**
   * @param shown the page's URL without secrets
   */
  static PageRow of(Page page, String shown) {
    Answer<BoundedBytes> answer = page.answer();
    return new PageRow(
        page.message(),
        RowFactory.create(
            shown,
            answer.status(),
            answer.at(),
            answer.header("ETag"),
            answer.header("Last-Modified"),
            answer.header("Date")));
  }

  /**
   * Rows of bronze.
   *
   * @param pages in their order
   * @param before how many pages of the origin landed before
   */
  static Dataset<Row> rows(SparkSession spark, String origin, List<PageRow> pages, long before) {
    List<Row> rows = new ArrayList<>();
    for (PageRow page : pages) {
      Message message = page.message();
      rows.add(
          RowFactory.create(
              message.text(),
              RowFactory.create(origin, before + rows.size() + 1, null),
              message.problem(),
              message.raw(),
              page.around()));
    }
    return spark.createDataFrame(rows, SCHEMA).coalesce(1);
  }
}
