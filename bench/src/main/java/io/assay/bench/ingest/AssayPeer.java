package io.assay.bench.ingest;

import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.job.Ingestion;
import io.assay.job.JobContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.spark.sql.SparkSession;

/** The production job, with everything that a batch writes. */
final class AssayPeer extends IngestPeer {
  private Project project;

  AssayPeer(SparkSession spark, Feed feed, Path runs) {
    super(spark, feed, runs);
  }

  @Override
  void open() throws IOException {
    project = IngestProject.make(feed(), folder());
  }

  @Override
  public void run() {
    JobContext context =
        new JobContext(
            spark(), project, Clock.systemUTC(), "run", CommitSeam.DIRECT, Decision.NONE);
    BatchResult result = Ingestion.of(dataset()).job(dataset()).run(context);
    if (result.outcome() != Outcome.SUCCEEDED) {
      throw new IllegalStateException("nothing landed: " + result.notes());
    }
  }

  @Override
  public Object result() {
    String place = project.warehouse().path(dataset().bronze()).toString();
    return Content.of(spark().read().format("delta").load(place), feed().landed());
  }

  private Dataset dataset() {
    return project.datasets().get(Orders.NAME);
  }
}
