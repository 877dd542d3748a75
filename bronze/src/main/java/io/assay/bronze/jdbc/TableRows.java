package io.assay.bronze.jdbc;

import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A selection as a dataset of one partition: several would be several transactions. It is read by
 * Assay, since Spark's source rounds decimals, shifts local times and cannot tell a row from its
 * neighbours.
 */
final class TableRows {
  private TableRows() {}

  static Dataset<Row> of(SparkSession spark, Selection selection) {
    JavaRDD<InternalRow> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(List.of(selection), 1)
            .flatMap(TableRows::closedWithTask);
    return spark.internalCreateDataFrame(rows.rdd(), selection.schema(), false);
  }

  private static ReadAhead closedWithTask(Selection selection) {
    ReadAhead rows = new ReadAhead(new ResultRows(selection), selection.fetchSize());
    TaskContext.get()
        .addTaskCompletionListener(
            task -> {
              rows.close();
            });
    return rows;
  }
}
