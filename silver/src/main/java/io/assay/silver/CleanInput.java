package io.assay.silver;

import io.assay.batch.BatchInput.Quarantined;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.conform.Conform;
import io.assay.silver.conform.Conformed;
import io.assay.silver.quarantine.OpenRows;
import io.assay.silver.quarantine.QuarantineRows;
import io.assay.silver.quarantine.ReplayedRows;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a batch of a silver table reads, and what quarantine is told of what it refuses. */
interface CleanInput {

  /** What the intent says. */
  static CleanInput of(SparkSession spark, Warehouse warehouse, Intent intent) {
    TableName table = TableName.quarantine(intent.table().name());
    if (intent.input() instanceof Quarantined input) {
      Dataset<Row> quarantine =
          new TableLog(spark, warehouse, table).read(intent.pinned(table).version());
      Dataset<Row> rows = new OpenRows(quarantine, input.firstBatch()).of(input);
      ReplayedRows tried = new ReplayedRows(rows, intent.batch());
      return new QuarantinedInput(spark, warehouse, input, tried, table);
    }
    return new LandedInput(spark, warehouse, CleanBatch.range(intent.input()), table);
  }

  /** The rows of bronze, or more of them than are meant. */
  Dataset<Row> landed();

  /** Whether there is anything to read, so that what the source lacks can be told. */
  boolean exists();

  /** The configuration by which it is judged. */
  CleanConfiguration configured(CleanConfiguration planned);

  /** The events that are meant. */
  Conformed conformed(Conform conform, Dataset<Row> landed);

  /** Whether the batch's rows were judged as a delivery before, so that only rules are asked. */
  boolean judgedBefore();

  /**
   * Refuses a batch of which not all was read.
   *
   * @param read how many rows were
   */
  void requireAll(long read);

  /**
   * The write to quarantine; empty if there is nothing to write.
   *
   * @param refused the events that are refused; empty if there are none
   */
  Optional<BatchStep.Write> quarantine(Optional<Dataset<Row>> refused, QuarantineRows form);
}
