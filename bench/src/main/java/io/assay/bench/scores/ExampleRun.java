package io.assay.bench.scores;

import io.assay.app.plan.Plan;
import io.assay.app.plan.Planner;
import io.assay.app.run.PlanRun;
import io.assay.app.run.ProjectJobs;
import io.assay.app.run.RunListener;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.error.ExitCode;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.job.RunId;
import io.assay.ops.OpsTables;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.SparkSession;

/** An example that was run from the start. */
record ExampleRun(SparkSession spark, Project project) {

  /**
   * Runs an example in a new warehouse.
   *
   * @param example its folder
   * @param environment what its configuration asks for
   * @throws IllegalStateException if a job does not succeed
   */
  static ExampleRun of(
      SparkSession spark, Path example, Path warehouse, Map<String, String> environment)
      throws IOException {
    remove(warehouse);
    Project project =
        ProjectLoader.load(
            ProjectLocation.of(example.toString()),
            "",
            List.of("warehouse=" + warehouse.toAbsolutePath()),
            environment);
    Plan plan = new Planner(project, spark.sessionState().newHadoopConf()).plan(List.of());
    Clock clock = Clock.systemUTC();
    JobContext context =
        new JobContext(spark, project, clock, RunId.next(clock), CommitSeam.DIRECT, Decision.NONE);
    List<JobReport> reports =
        new PlanRun(plan, table -> ProjectJobs.job(project, table), context, new Progress())
            .execute(2);
    for (JobReport report : reports) {
      if (report.exitCode() != ExitCode.OK) {
        throw new IllegalStateException(report.text());
      }
    }
    new OpsTables(spark, project.warehouse()).refresh();
    return new ExampleRun(spark, project);
  }

  /** Removes what an earlier run left. */
  static void remove(Path folder) throws IOException {
    if (Files.exists(folder) && !FileUtil.fullyDelete(folder.toFile())) {
      throw new IOException("cannot remove " + folder + ", which an earlier run left");
    }
  }

  TableCatalog catalog() {
    return new TableCatalog(spark, project.warehouse());
  }

  /** Tells people how the run goes on; standard out is for the answer. */
  private static final class Progress implements RunListener {
    @Override
    public void started(TableName table) {}

    @Override
    public void finished(JobReport report) {
      System.err.println(report.text());
    }
  }
}
