package io.assay.app.plan;

import io.assay.config.Continuous;
import io.assay.config.Schedule;
import io.assay.job.Pending;
import io.assay.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * One job of a plan.
 *
 * @param table the table it fills
 * @param upstream the jobs of this plan that must end first, sorted
 * @param pending what waits for it now
 * @param afterUpstream whether a job before it has something to do, so that more may come
 * @param schedule when a scheduler is to start it; empty if nothing is said
 * @param continuous how often a stream does it; empty if none does
 */
public record PlannedJob(
    TableName table,
    List<TableName> upstream,
    Pending pending,
    boolean afterUpstream,
    Optional<Schedule> schedule,
    Optional<Continuous> continuous) {
  public PlannedJob {
    upstream = List.copyOf(upstream);
  }
}
