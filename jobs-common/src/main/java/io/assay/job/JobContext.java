package io.assay.job;

import io.assay.batch.BatchProtocol;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
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
 */
public record JobContext(
    SparkSession spark,
    Project project,
    Clock clock,
    String runId,
    CommitSeam seam,
    Decision decision) {

  /** The protocol that carries out this run's batches. */
  public BatchProtocol protocol() {
    return new BatchProtocol(
        spark, project.warehouse(), project.settings().project(), clock, runId, seam, decision);
  }
}
