package io.assay.job;

import io.assay.batch.BatchProtocol;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Pace;
import io.assay.config.Project;
import java.time.Clock;
import org.apache.spark.sql.SparkSession;

/**
 * What a job is given; it takes nothing from anywhere else.
 *
 * @param spark the session; a job never changes its settings, and takes a session of its own where
 *     a statement needs some
 * @param clock the only source of time
 * @param runId names the run in every row and ledger entry
 * @param seam where everything durable passes
 * @param decision what a person decided about the batch in hand
 * @param pace when a run ends before all is done, and how long it waits for a table
 */
public record JobContext(
    SparkSession spark,
    Project project,
    Clock clock,
    String runId,
    CommitSeam seam,
    Decision decision,
    Pace pace) {

  /** A run that does all there is and waits for no other. */
  public JobContext(
      SparkSession spark,
      Project project,
      Clock clock,
      String runId,
      CommitSeam seam,
      Decision decision) {
    this(spark, project, clock, runId, seam, decision, Pace.STEADY);
  }

  /** The same in another session. */
  public JobContext in(SparkSession session) {
    return new JobContext(session, project, clock, runId, seam, decision, pace);
  }

  /** The same under another run's name. */
  public JobContext in(String run) {
    return new JobContext(spark, project, clock, run, seam, decision, pace);
  }

  /** The same with another project and pace. */
  public JobContext with(Project other, Pace own) {
    return new JobContext(spark, other, clock, runId, seam, decision, own);
  }

  /** The protocol that carries out this run's batches. */
  public BatchProtocol protocol() {
    return new BatchProtocol(
        spark,
        project.warehouse(),
        project.settings().project(),
        clock,
        runId,
        seam,
        decision,
        pace);
  }
}
