package io.assay.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.assay.app.plan.Plan;
import io.assay.app.run.PlanRun;
import io.assay.app.run.ProjectJobs;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Backoff;
import io.assay.job.DecisionOptions;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.job.ProcessContext;
import io.assay.ops.OpsTables;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "run",
    description = {
      "Does all pending work: each job after those it reads from, independent jobs at once.",
      "A job that fails or is held blocks what reads from it, and nothing else."
    },
    footer = {
      "  assay run                         the whole project",
      "  assay run +gold.daily_sales       a mart with all it is made of",
      "  assay run 'bronze.*'              land everything",
      "  assay run silver.orders --accept gate --reason 'known gap, ticket 12'"
    })
final class RunCommand implements SparkProgram {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParentCommand private Assay assay;
  @Mixin private DecisionOptions decisionOptions;
  @Mixin private SelectorArguments selectors;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many jobs at once; default ${DEFAULT-VALUE}.")
  private int parallel;

  @Option(names = "--json", description = "Print an array with an object per job, at the end.")
  private boolean json;

  @Override
  public ExitCode execute() {
    if (parallel < 1) {
      throw new AssayException(ExitCode.USAGE, "--parallel takes a number from 1 on");
    }
    Project project = assay.project();
    Decision decision = decisionOptions.decision();
    Plan plan = selectors.plan(project);
    if (!decision.isNone() && plan.jobs().size() != 1) {
      throw new AssayException(
          ExitCode.USAGE,
          "a decision is about one held table: name it, as in 'assay run silver.orders --accept …'");
    }
    List<JobReport> reports = execute(project, plan, decision);
    if (json) {
      ArrayNode array = JSON.createArrayNode();
      reports.forEach(report -> array.add(report.json()));
      assay.console().out().println(array.toPrettyString());
    }
    return reports.stream().map(JobReport::exitCode).reduce(ExitCode.OK, ExitCode::orWorse);
  }

  private List<JobReport> execute(Project project, Plan plan, Decision decision) {
    try (RunProgress progress = new RunProgress(assay.console(), !json, plan.jobs().size())) {
      progress.say("starting Spark");
      String name = "assay run " + project.settings().project();
      JobContext context = ProcessContext.open(name, project, decision);
      List<JobReport> reports =
          new PlanRun(plan, table -> ProjectJobs.job(project, table), context, progress)
              .execute(parallel, Backoff.of(project.settings().retry()));
      if (reports.stream().anyMatch(RunCommand::isNews)) {
        progress.say("recording the run");
        new OpsTables(context.spark(), project.warehouse())
            .refresh(context.runId(), context.clock());
      }
      progress.summary(reports);
      return reports;
    }
  }

  /**
   * A run that found nothing to do is told by its records; the ops tables take them in with the
   * next news.
   */
  private static boolean isNews(JobReport report) {
    return report.result().outcome() != Outcome.UNCHANGED;
  }
}
