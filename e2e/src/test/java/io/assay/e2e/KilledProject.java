package io.assay.e2e;

import io.assay.app.operate.ProjectTables;
import io.assay.app.plan.Plan;
import io.assay.app.plan.PlannedJob;
import io.assay.app.plan.Planner;
import io.assay.app.run.PlanRun;
import io.assay.app.run.ProjectJobs;
import io.assay.app.run.RunListener;
import io.assay.batch.BatchLedger;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Metric;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.job.RunId;
import io.assay.store.HadoopSettings;
import io.assay.table.Layer;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the tests that kill processes share: a run without a disturbance, and its tables. */
final class KilledProject {
  private static final RunListener SILENT =
      new RunListener() {
        @Override
        public void started(TableName table) {}

        @Override
        public void finished(JobReport report) {}
      };

  private KilledProject() {}

  /** Runs the jobs of a plan in this process. */
  static void run(SmallProject small, Predicate<PlannedJob> which, String... selectors) {
    run(small, CommitSeam.DIRECT, which, selectors);
  }

  /** Runs the jobs of a plan in this process, one after another. */
  static void run(
      SmallProject small, CommitSeam seam, Predicate<PlannedJob> which, String... selectors) {
    run(load(small), seam, which, selectors);
  }

  /** Runs the jobs of a plan of any project. */
  static List<JobReport> run(
      Project project, CommitSeam seam, Predicate<PlannedJob> which, String... selectors) {
    JobContext context =
        new JobContext(
            TestSpark.session(),
            project,
            Clock.systemUTC(),
            RunId.next(Clock.systemUTC()),
            seam,
            Decision.NONE);
    Configuration configuration = HadoopSettings.of(project.settings().spark());
    Plan plan = new Planner(project, configuration).plan(List.of(selectors));
    return new PlanRun(
            new Plan(plan.jobs().stream().filter(which).toList()),
            table -> ProjectJobs.job(project, table),
            context,
            SILENT)
        .execute(1);
  }

  private static Project load(SmallProject small) {
    return ProjectLoader.load(
        ProjectLocation.of(small.folder().toString()), "", List.of(), Map.of());
  }

  /**
   * The rows of every public table, as sorted texts, without what must differ: times and runs; and
   * what the batches of silver measured and kept.
   */
  static Map<String, List<String>> tables(SmallProject small) throws IOException {
    return tables(load(small), small.folder().toString());
  }

  /**
   * The same of any project.
   *
   * @param place where its files lie; left out of the texts
   */
  static Map<String, List<String>> tables(Project project, String place) throws IOException {
    ProjectTables tables = new ProjectTables(TestSpark.session(), project);
    Map<String, List<String>> contents = new TreeMap<>();
    for (TableName table : tables.existing()) {
      if (table.layer() != Layer.OPS) {
        Dataset<Row> rows = tables.read(table);
        String[] columns =
            Arrays.stream(rows.columns())
                .filter(column -> !column.equals("quarantined_at"))
                .map(column -> "`" + column + "`")
                .toArray(String[]::new);
        List<String> texts =
            rows.selectExpr(columns).collectAsList().stream()
                .map(Row::toString)
                .map(text -> text.replace(place, ""))
                .sorted()
                .toList();
        contents.put(table.toString(), texts);
      }
    }
    contents.putAll(metrics(project));
    return contents;
  }

  /** In the order of the batches, whatever their numbers. */
  private static Map<String, List<String>> metrics(Project project) {
    Configuration configuration = HadoopSettings.of(project.settings().spark());
    Map<String, List<String>> metrics = new TreeMap<>();
    for (TableName table : BatchLedger.tables(project.warehouse(), configuration)) {
      if (table.layer() == Layer.SILVER) {
        BatchLedger ledger = new BatchLedger(project.warehouse(), table, configuration);
        metrics.put(
            "metrics of " + table,
            ledger
                .doneAfter(0)
                .flatMap(done -> ledger.metrics(done.end().batch()).stream())
                .map(Metric::toString)
                .toList());
        metrics.put(
            "states of " + table,
            ledger
                .doneAfter(0)
                .flatMap(done -> ledger.states(done.end().batch()).stream())
                .map(states -> new TreeMap<>(states.states()).toString())
                .toList());
      }
    }
    return metrics;
  }

  /**
   * Repeats a run that was cut off and compares; then runs once more, which must commit nothing.
   *
   * @param place where it was cut off
   * @return what is wrong, or nothing
   */
  static String repeat(SmallProject small, String place, Map<String, List<String>> expected)
      throws IOException {
    run(small, job -> true);
    Map<String, List<String>> repeated = tables(small);
    if (!repeated.equals(expected)) {
      return place + ": expected\n" + expected + "\nand found\n" + repeated;
    }
    Map<String, Integer> commits = small.commits();
    run(small, job -> true);
    return small.commits().equals(commits)
        ? ""
        : place + ": a further run committed\n" + commits + "\n" + small.commits();
  }

  /** Two at a time: a trial waits for a process most of its time. */
  static List<String> failures(List<Callable<String>> trials) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<String> failures = new ArrayList<>();
      for (Future<String> trial : pool.invokeAll(trials)) {
        if (!trial.get().isEmpty()) {
          failures.add(trial.get());
        }
      }
      return failures;
    } finally {
      pool.shutdownNow();
    }
  }
}
