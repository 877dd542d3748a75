package io.assay.app.operate;

import io.assay.app.plan.JobGraph;
import io.assay.app.plan.Planner;
import io.assay.batch.BatchLedger;
import io.assay.batch.HeldBatch;
import io.assay.batch.RunRecord;
import io.assay.config.Project;
import io.assay.job.Pending;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * How one table stands, told by its ledger alone.
 *
 * @param lastRun what the newest run did; empty if there was none
 * @param held the batch that waits for a decision, if one does
 * @param behind of what is published, the versions of its mart that are not there; empty if it is
 *     up to date
 */
public record TableStatus(
    TableName table,
    Optional<RunRecord> lastRun,
    Optional<HeldBatch> held,
    Optional<Pending> behind) {

  /** Every table that a job of the project fills, in the order of the layers. Needs no Spark. */
  public static List<TableStatus> of(Project project, Configuration configuration) {
    Planner planner = new Planner(project, configuration);
    return JobGraph.of(project).jobs().stream()
        .map(
            table -> {
              BatchLedger ledger = new BatchLedger(project.warehouse(), table, configuration);
              Optional<Pending> behind =
                  Optional.of(table)
                      .filter(job -> job.layer() == Layer.PUBLISH)
                      .map(planner::pending)
                      .filter(Pending::anything);
              return new TableStatus(table, ledger.runs().last(), ledger.waiting(), behind);
            })
        .toList();
  }
}
