package io.assay.silver;

import io.assay.batch.Account;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.history.Counts;
import io.assay.silver.history.HistoryBatch;
import io.assay.silver.history.HistoryDefinition;
import io.assay.table.Warehouse;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Merges accepted rows, as events, into the history of a dataset. */
final class HistoryPublication implements Publication {
  private final HistoryBatch history;

  HistoryPublication(
      SparkSession spark, Warehouse warehouse, CleanConfiguration configuration, Intent intent) {
    this.history = new HistoryBatch(spark, warehouse, definition(configuration), intent);
  }

  /** The commits that a batch may do. */
  static List<BatchStep.Target> targets(CleanConfiguration configuration) {
    return HistoryBatch.targets(definition(configuration));
  }

  private static HistoryDefinition definition(CleanConfiguration configuration) {
    return HistoryDefinition.of(
        configuration.dataset(), configuration.history(), configuration.contract());
  }

  @Override
  public Account settle(Dataset<Row> accepted, StagedCounts counts) {
    Counts settled = history.settle(accepted);
    return new Account(
        counts.read(),
        counts.expanded(),
        settled.implied(),
        settled.applied(),
        settled.unchanged(),
        settled.superseded(),
        settled.duplicate(),
        counts.quarantined(),
        counts.filtered());
  }

  @Override
  public List<BatchStep> steps() {
    return history.steps();
  }

  @Override
  public void close() {
    history.close();
  }
}
