package io.assay.app.plan;

import java.util.List;

/**
 * What a run does: {@code plan} prints this value and {@code run} executes it.
 *
 * @param jobs each after those it reads from
 */
public record Plan(List<PlannedJob> jobs) {
  public Plan {
    jobs = List.copyOf(jobs);
  }
}
