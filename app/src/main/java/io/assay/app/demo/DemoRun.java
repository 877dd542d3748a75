package io.assay.app.demo;

import io.assay.app.plan.Plan;
import io.assay.app.plan.Planner;
import io.assay.app.run.PlanRun;
import io.assay.app.run.ProjectJobs;
import io.assay.app.run.RunListener;
import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.job.RunId;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Runs the shop's jobs as {@code assay run} does, and keeps their accounts. */
public final class DemoRun {
  private static final int PARALLEL = 3;

  private final JobContext context;
  private final Consumer<String> lines;
  private final Map<TableName, Account> accounts = new TreeMap<>();

  /**
   * Runs of a project, the first still to come.
   *
   * @param lines gets a line per job that has ended
   */
  public DemoRun(JobContext context, Consumer<String> lines) {
    this.context = context;
    this.lines = lines;
  }

  /** Runs what the selectors name; tells a line per job that had something to do. */
  public List<JobReport> run(Decision decision, String... selectors) {
    Project project = context.project();
    Plan plan =
        new Planner(project, context.spark().sessionState().newHadoopConf())
            .plan(List.of(selectors));
    JobContext own =
        new JobContext(
            context.spark(),
            project,
            context.clock(),
            RunId.next(context.clock()),
            context.seam(),
            decision);
    List<JobReport> reports =
        new PlanRun(plan, table -> ProjectJobs.job(project, table), own, new Telling())
            .execute(PARALLEL);
    reports.stream().map(JobReport::result).forEach(this::keep);
    return reports;
  }

  /** A held batch counts when it is carried out; a mart is whole each time, so its last counts. */
  private void keep(BatchResult result) {
    if (result.outcome() == Outcome.SUCCEEDED) {
      boolean mart = result.table().layer() == Layer.GOLD;
      accounts.merge(result.table(), result.account(), (a, b) -> mart ? b : a.plus(b));
    }
  }

  /** By table: what became of all that was read, over all runs. */
  Map<TableName, Account> accounts() {
    return accounts;
  }

  private final class Telling implements RunListener {
    @Override
    public void started(TableName table) {}

    @Override
    public void finished(JobReport report) {
      lines.accept("  " + report.line());
    }
  }
}
