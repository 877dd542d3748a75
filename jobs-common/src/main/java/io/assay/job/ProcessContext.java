package io.assay.job;

import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.FaultInjection;
import io.assay.batch.Pace;
import io.assay.config.Project;
import io.assay.session.SparkSessions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The context of a whole process: its one session, the real clock, a new run. */
public final class ProcessContext {
  /** A stream writes a table for some seconds, lets go of it, and comes back. */
  private static final Duration LEASE_PATIENCE = Duration.ofSeconds(30);

  private ProcessContext() {}

  /** The real clock, for what needs no session. */
  public static Clock clock() {
    return Clock.systemUTC();
  }

  /**
   * Opens the session.
   *
   * @param name shown by the cluster manager
   */
  public static JobContext open(String name, Project project, Decision decision) {
    return open(name, project, decision, Map.of());
  }

  /**
   * Opens the session.
   *
   * @param name shown by the cluster manager
   * @param defaults settings of Spark; the project's win over them
   */
  public static JobContext open(
      String name, Project project, Decision decision, Map<String, String> defaults) {
    Clock clock = clock();
    Map<String, String> settings = new HashMap<>(defaults);
    settings.putAll(project.settings().spark());
    return new JobContext(
        SparkSessions.open(name, settings),
        project,
        clock,
        RunId.next(clock),
        FaultInjection.around(CommitSeam.DIRECT, System.getenv()),
        decision,
        Pace.STEADY.waitingForLeases(LEASE_PATIENCE));
  }
}
