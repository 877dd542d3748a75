package io.assay.batch;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Rows that are stored where no reader looks, and what was measured of them while they were
 * written.
 *
 * @param path the Parquet files' folder
 * @param measured the measures by name; a value is null where nothing was to be measured
 */
public record StagedRows(Path path, StructType schema, Map<String, Object> measured) {

  /**
   * Writes rows and takes measures of them, over what an interrupted attempt may have left.
   *
   * @param measured the rows to measure; nothing between them and the write may shuffle, so that a
   *     repeated task counts once
   * @param measures aggregates, named; at least one
   * @param kept which of the measured rows are written, and what of them
   */
  public static StagedRows write(
      Path path, Dataset<Row> measured, List<Column> measures, UnaryOperator<Dataset<Row>> kept) {
    Observation observation = new Observation();
    Dataset<Row> rows =
        kept.apply(
            measured.observe(
                observation,
                measures.get(0),
                measures.subList(1, measures.size()).toArray(Column[]::new)));
    rows.write().mode("overwrite").parquet(path.toString());
    return new StagedRows(path, rows.schema(), observed(observation));
  }

  /** How often the condition holds; 0 where there are no rows. */
  public static Column times(Column condition) {
    return total(condition.cast("bigint"));
  }

  /** The sum; 0 where there are no rows. */
  public static Column total(Column number) {
    return coalesce(sum(number), lit(0L));
  }

  /** The rows. */
  public Dataset<Row> read(SparkSession session) {
    return session.read().schema(schema).parquet(path.toString());
  }

  /** A measure that is never null. */
  public long number(String measure) {
    return (Long) measured.get(measure);
  }

  private static Map<String, Object> observed(Observation observation) {
    try {
      return observation.getAsJava();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssayException(ExitCode.FAILURE, "interrupted while a batch was staged", e);
    }
  }
}
