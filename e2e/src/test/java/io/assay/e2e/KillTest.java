package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.operate.ProjectTables;
import io.assay.app.plan.Plan;
import io.assay.app.plan.PlannedJob;
import io.assay.app.plan.Planner;
import io.assay.app.run.PlanRun;
import io.assay.app.run.ProjectJobs;
import io.assay.app.run.RunListener;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.FaultInjection;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.e2e.AssayProcess.ClassArchive;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.job.RunId;
import io.assay.table.Layer;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
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
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is halted at a commit, as by a power cut, and the run is repeated: the tables must be
 * those of a run that was never disturbed. The list of commits is not written here; a run that logs
 * them makes it.
 */
class KillTest {
  private static final RunListener SILENT =
      new RunListener() {
        @Override
        public void started(TableName table) {}

        @Override
        public void finished(JobReport report) {}
      };

  @TempDir private Path temporary;

  /** One crash: where, and when, as in {@code silver.customers/EVENTS:before}. */
  private record Crash(String place) {
    String folderName() {
      return place.replaceAll("[/:]", "_");
    }

    TableName table() {
      return TableName.of(place.substring(0, place.indexOf('/')));
    }
  }

  @Test
  void aRunHaltedAtTheCommitsOfOneTableLeavesTheSameTablesWhenItIsRepeated() throws Exception {
    killAtEach("silver.customers/");
  }

  @Test
  @Tag("all")
  void aRunHaltedAtAnyCommitLeavesTheSameTablesWhenItIsRepeated() throws Exception {
    killAtEach("");
  }

  private void killAtEach(String prefix) throws Exception {
    SmallProject reference = SmallProject.in(temporary.resolve("reference"));
    reference.secondDay();
    Path log = temporary.resolve("commits.txt");
    AssayProcess.Ended undisturbed =
        AssayProcess.run(
            reference,
            Map.of(FaultInjection.COMMIT_LOG, log.toString()),
            ClassArchive.make(archive()),
            "run",
            "--parallel",
            "1");
    assertThat(undisturbed.status()).as(undisturbed.text()).isZero();
    Map<String, List<String>> expected = tables(reference);
    assertThat(expected)
        .containsKeys("silver.customers_history", "gold.daily", "quarantine.events");

    List<Callable<String>> trials = new ArrayList<>();
    for (String point : new LinkedHashSet<>(Files.readAllLines(log))) {
      if (point.startsWith(prefix)) {
        trials.add(() -> trial(new Crash(point + ":before"), expected));
        trials.add(() -> trial(new Crash(point + ":after"), expected));
      }
    }
    assertThat(trials).hasSizeGreaterThan(6);
    assertThat(failures(trials)).isEmpty();
  }

  /** Two at a time: a trial waits for a process most of its time. */
  private static List<String> failures(List<Callable<String>> trials) throws Exception {
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

  private Path archive() {
    return temporary.resolve("classes.jsa");
  }

  /**
   * Runs what the crashing job reads from, crashes it in a process of its own, repeats everything
   * and compares; says what is wrong, or nothing.
   */
  private String trial(Crash crash, Map<String, List<String>> expected) throws Exception {
    // Every trial has tables of its own, and Delta would remember those of all of them.
    DeltaLog.clearCache();
    SmallProject project = SmallProject.in(temporary.resolve(crash.folderName()));
    project.secondDay();
    run(project, job -> !job.table().equals(crash.table()), "+" + crash.table());
    AssayProcess.Ended halted =
        AssayProcess.run(
            project,
            Map.of(FaultInjection.CRASH_AT, crash.place()),
            ClassArchive.use(archive()),
            crash.table().layer().label(),
            crash.table().name());
    if (halted.status() != FaultInjection.HALTED) {
      return crash.place() + ": ended with " + halted.status() + "\n" + halted.text();
    }
    run(project, job -> true);
    Map<String, List<String>> repeated = tables(project);
    if (!repeated.equals(expected)) {
      return crash.place() + ": expected\n" + expected + "\nand found\n" + repeated;
    }
    Map<String, Integer> commits = project.commits();
    run(project, job -> true);
    return project.commits().equals(commits)
        ? ""
        : crash.place() + ": a further run committed\n" + commits + "\n" + project.commits();
  }

  private static void run(SmallProject small, Predicate<PlannedJob> which, String... selectors) {
    Project project = load(small);
    JobContext context =
        new JobContext(
            TestSpark.session(),
            project,
            Clock.systemUTC(),
            RunId.next(Clock.systemUTC()),
            CommitSeam.DIRECT,
            Decision.NONE);
    Plan plan = new Planner(project, new Configuration()).plan(List.of(selectors));
    new PlanRun(
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

  /** The rows of every public table, as sorted texts, without what must differ: times and runs. */
  private static Map<String, List<String>> tables(SmallProject small) throws IOException {
    Project project = load(small);
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
                .map(text -> text.replace(small.folder().toString(), ""))
                .sorted()
                .toList();
        contents.put(table.toString(), texts);
      }
    }
    return contents;
  }
}
