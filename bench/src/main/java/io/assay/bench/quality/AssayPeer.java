package io.assay.bench.quality;

import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.job.JobContext;
import io.assay.silver.CleanJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.apache.spark.sql.SparkSession;

/** The production job, with everything that a batch writes. */
final class AssayPeer extends OrderPeer {
  private Project project;

  AssayPeer(SparkSession spark, Scenario scenario, Path bronze, Path runs) {
    super(spark, scenario, bronze, runs);
  }

  @Override
  void open() throws IOException {
    project = OrderProject.make(scenario(), folder().resolve("project"), folder());
  }

  @Override
  public void run() {
    JobContext context =
        new JobContext(
            spark(),
            project,
            Clock.fixed(OrderProject.CLOCK, ZoneOffset.UTC),
            "run",
            CommitSeam.DIRECT,
            Decision.NONE);
    BatchResult result = new CleanJob(project.datasets().get(OrderProject.DATASET)).run(context);
    if (result.outcome() != Outcome.SUCCEEDED) {
      throw new IllegalStateException("the batch did not pass: " + result.notes());
    }
  }
}
