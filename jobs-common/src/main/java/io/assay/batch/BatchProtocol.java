package io.assay.batch;

import io.assay.table.Warehouse;
import java.time.Clock;
import org.apache.spark.sql.SparkSession;

/** Carries out batches, exactly once. */
public final class BatchProtocol {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final String pipeline;
  private final Clock clock;
  private final String runId;
  private final CommitSeam seam;
  private final Decision decision;

  public BatchProtocol(
      SparkSession spark,
      Warehouse warehouse,
      String pipeline,
      Clock clock,
      String runId,
      CommitSeam seam,
      Decision decision) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.pipeline = pipeline;
    this.clock = clock;
    this.runId = runId;
    this.seam = seam;
    this.decision = decision;
  }

  /** Does all the work that is pending, batch by batch, under the table's lease. */
  public BatchResult run(BatchWork work) {
    throw new IllegalStateException(
        "" + spark + warehouse + pipeline + clock + runId + seam + decision + work);
  }
}
