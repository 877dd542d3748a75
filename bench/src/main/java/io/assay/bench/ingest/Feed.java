package io.assay.bench.ingest;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A source that is full of orders. */
interface Feed extends AutoCloseable {

  /** How a project names it: one of {@code connections}, by what stands behind its name. */
  String connection();

  /** How a dataset names it: what stands behind {@code source}. */
  String source();

  /** All of it, as Spark's own reader has it. */
  Dataset<Row> read();

  /** What a bronze row tells, as texts; the same as {@link #told} of the same record. */
  Column[] landed();

  /** What a row of {@link #read} tells, as texts. */
  Column[] told();

  @Override
  void close();
}
