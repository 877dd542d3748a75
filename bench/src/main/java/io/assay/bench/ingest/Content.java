package io.assay.bench.ingest;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.math.BigDecimal;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was written, in short, whatever its order and layout.
 *
 * @param hash sum of the hashes of all rows
 */
record Content(long rows, BigDecimal hash) {

  static Content of(Dataset<Row> table, Column... columns) {
    Row row = table.agg(count(lit(1)), sum(xxhash64(columns).cast("decimal(38, 0)"))).first();
    return new Content(row.getLong(0), row.getDecimal(1));
  }
}
