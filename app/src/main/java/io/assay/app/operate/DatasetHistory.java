package io.assay.app.operate;

import io.assay.config.Dataset;
import io.assay.config.DatasetPipeline.Drift;
import io.assay.config.Project;
import io.assay.contract.Contract;
import io.assay.silver.conform.Evolution;
import io.assay.silver.history.HistoryDefinition;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import org.apache.spark.sql.SparkSession;

/** What the stored history of a dataset is made of. */
final class DatasetHistory {
  private DatasetHistory() {}

  /**
   * The definition. Columns that the source brought, where drift lets them in, are known by the
   * events that have them.
   *
   * @param dataset one that keeps a history
   */
  static HistoryDefinition definition(SparkSession spark, Project project, Dataset dataset) {
    TableLog events = new TableLog(spark, project.warehouse(), TableName.events(dataset.name()));
    Contract contract = dataset.contract();
    if (dataset.pipeline().drift() == Drift.EVOLVE && events.state().exists()) {
      contract = Evolution.of(contract, events.read(events.state().version()).schema());
    }
    return HistoryDefinition.of(
        dataset.name(), dataset.pipeline().history(), contract, dataset.pipeline().format());
  }
}
