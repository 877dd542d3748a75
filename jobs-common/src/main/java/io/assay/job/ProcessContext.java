package io.assay.job;

import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.FaultInjection;
import io.assay.config.Project;
import io.assay.session.SparkSessions;
import java.time.Clock;

/** The context of a whole process: its one session, the real clock, a new run. */
public final class ProcessContext {
  private ProcessContext() {}

  /**
   * Opens the session.
   *
   * @param name shown by the cluster manager
   */
  public static JobContext open(String name, Project project, Decision decision) {
    Clock clock = Clock.systemUTC();
    return new JobContext(
        SparkSessions.open(name, project.settings().spark()),
        project,
        clock,
        RunId.next(clock),
        FaultInjection.around(CommitSeam.DIRECT, System.getenv()),
        decision);
  }
}
