package io.assay.bench.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.math.BigDecimal;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A history's content in short, whatever its order and layout.
 *
 * @param versions how many rows it has
 * @param current how many of them are open
 * @param hash sum of the hashes of all rows
 */
record Fingerprint(long versions, long current, BigDecimal hash) {
  static final String FROM = "valid_from";
  static final String TO = "valid_to";
  static final String CURRENT = "is_current";

  /** The columns that every peer's history has. */
  static Column[] columns() {
    return Stream.of(
            Stream.of(CustomerFeed.KEY),
            CustomerFeed.ATTRIBUTES.stream(),
            Stream.of(FROM, TO, CURRENT))
        .flatMap(names -> names)
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  static Fingerprint of(Dataset<Row> history) {
    Row row =
        history
            .agg(
                count(lit(1)),
                sum(expr("bigint(" + CURRENT + ")")),
                sum(xxhash64(columns()).cast("decimal(38, 0)")))
            .first();
    return new Fingerprint(row.getLong(0), row.getLong(1), row.getDecimal(2));
  }
}
