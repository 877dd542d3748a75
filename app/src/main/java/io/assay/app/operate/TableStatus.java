package io.assay.app.operate;

import io.assay.app.plan.JobGraph;
import io.assay.batch.BatchLedger;
import io.assay.batch.HeldBatch;
import io.assay.batch.RunRecord;
import io.assay.config.Project;
import io.assay.table.TableName;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * How one table stands, told by its ledger alone.
 *
 * @param lastRun what the newest run did; empty if there was none
 * @param held the batch that waits for a decision, if one does
 */
public record TableStatus(TableName table, Optional<RunRecord> lastRun, Optional<HeldBatch> held) {

  /** Every table that a job of the project fills, in the order of the layers. Needs no Spark. */
  public static List<TableStatus> of(Project project, Configuration configuration) {
    return JobGraph.of(project).jobs().stream()
        .map(table -> of(table, new BatchLedger(project.warehouse(), table, configuration)))
        .toList();
  }

  private static TableStatus of(TableName table, BatchLedger ledger) {
    return new TableStatus(table, ledger.runs().last(), ledger.waiting());
  }
}
