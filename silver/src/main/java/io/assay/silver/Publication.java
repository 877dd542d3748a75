package io.assay.silver;

import io.assay.batch.Account;
import io.assay.batch.BatchStep;
import io.assay.quality.Finding;
import io.assay.table.EventColumns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How accepted rows get into the silver tables: appended, or merged into a history. */
interface Publication extends AutoCloseable {

  /**
   * Prepares the commits.
   *
   * @param accepted the batch's rows that broke no rule
   * @param counts what the batch was found to hold
   * @return the account of the batch
   */
  Account settle(Dataset<Row> accepted, StagedCounts counts);

  /**
   * What settling found out that may hold the batch, or that people should know; after {@link
   * #settle}.
   */
  default List<Finding> findings() {
    return List.of();
  }

  /**
   * How many of the batch's own rows go to quarantine besides those that broke a rule, by the name
   * of the reason; after {@link #settle}.
   */
  default Map<String, Long> refusals() {
    return Map.of();
  }

  /**
   * Rows that go to quarantine besides those that broke a rule, with {@link
   * StagedBatch#VIOLATIONS}, {@link StagedBatch#RAW} and {@link EventColumns#ORDINAL}; after {@link
   * #settle}. Empty if there are none.
   */
  default Optional<Dataset<Row>> refused() {
    return Optional.empty();
  }

  /** The commits that have something to write, in order; after {@link #settle}. */
  List<BatchStep> steps();

  @Override
  void close();
}
