package io.assay.bench.windows;

import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.gold.MartJob;
import io.assay.job.JobContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The shop's mart, by the production job. */
final class AssayPeer extends WindowsPeer {
  private static final String MART = "event_metrics_5m";

  private Project project;
  private int runs;

  AssayPeer(ClickTables tables, Path runs) {
    super(tables, runs);
  }

  @Override
  void open() {
    project =
        ProjectLoader.load(
            ProjectLocation.of(Path.of(System.getProperty("assay.home"), "conf").toString()),
            "demo",
            List.of("warehouse=" + folder()),
            Map.of());
  }

  @Override
  void take() {
    runs++;
    JobContext context =
        new JobContext(
            spark(), project, Clock.systemUTC(), "run-" + runs, CommitSeam.DIRECT, Decision.NONE);
    BatchResult result = new MartJob(project.marts().get(MART)).run(context);
    if (result.outcome() != Outcome.SUCCEEDED) {
      throw new IllegalStateException("nothing was done: " + result.notes());
    }
  }

  @Override
  Path written() {
    return folder().resolve("gold").resolve(MART);
  }
}
