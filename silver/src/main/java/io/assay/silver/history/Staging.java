package io.assay.silver.history;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.assay.batch.StagingFolder;
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

/** The folder where a batch's history is prepared. What is measured is measured while writing. */
final class Staging implements AutoCloseable {
  private final SparkSession spark;
  private final Path folder;

  Staging(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /**
   * Writes rows and takes measures of them.
   *
   * @param measured the rows to measure; nothing between them and the write may shuffle, so that a
   *     repeated task counts once
   * @param measures aggregates, named
   * @param kept which of the measured rows are written, and what of them
   */
  Staged write(
      String name, Dataset<Row> measured, List<Column> measures, UnaryOperator<Dataset<Row>> kept) {
    Observation observation = new Observation();
    Dataset<Row> rows =
        kept.apply(
            measured.observe(
                observation,
                measures.get(0),
                measures.subList(1, measures.size()).toArray(Column[]::new)));
    Path path = new Path(folder, name);
    rows.write().mode("overwrite").parquet(path.toString());
    return new Staged(path, rows.schema(), observed(observation));
  }

  /** How often the condition holds; 0 where there are no rows. */
  static Column times(Column condition) {
    return total(condition.cast("bigint"));
  }

  /** The sum; 0 where there are no rows. */
  static Column total(Column number) {
    return coalesce(sum(number), lit(0L));
  }

  @Override
  public void close() {
    new StagingFolder(spark, folder).close();
  }

  private static Map<String, Object> observed(Observation observation) {
    try {
      return observation.getAsJava();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssayException(ExitCode.FAILURE, "interrupted while a batch was staged", e);
    }
  }

  /**
   * What was staged.
   *
   * @param measured the measures by name; a value is null where nothing was to be measured
   */
  record Staged(Path path, StructType schema, Map<String, Object> measured) {
    Dataset<Row> read(SparkSession session) {
      return session.read().schema(schema).parquet(path.toString());
    }

    long number(String measure) {
      return (Long) measured.get(measure);
    }
  }
}
