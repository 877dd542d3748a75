package io.assay.app.cli;

import io.assay.app.run.ProjectJobs;
import io.assay.app.stream.StopSwitch;
import io.assay.app.stream.StreamPlan;
import io.assay.app.stream.StreamRun;
import io.assay.batch.Decision;
import io.assay.config.Project;
import io.assay.error.ExitCode;
import io.assay.job.JobContext;
import io.assay.job.ProcessContext;
import io.assay.job.StopSignals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "stream",
    description = {
      "Keeps continuous datasets and marts up to date until it is stopped by SIGTERM or SIGINT; the",
      "batches in hand are finished then. A second signal ends it at once. Tables are those of run."
    },
    footer = {
      "  assay stream                              everything that is continuous",
      "  assay stream bronze.events silver.events  one dataset",
      "  assay stream 'bronze.*' 'silver.*'        all datasets; each must be continuous"
    })
final class StreamCommand implements SparkProgram {
  @ParentCommand private Assay assay;
  @Mixin private SelectorArguments selectors;

  @Override
  public ExitCode execute() {
    Project project = assay.project();
    StreamPlan plan = StreamPlan.of(project, selectors.texts());
    StopSwitch stop = new StopSwitch();
    StreamProgress progress = new StreamProgress(assay.console());
    progress.say("starting Spark");
    JobContext context =
        ProcessContext.open(
            "assay stream " + project.settings().project(),
            project,
            Decision.NONE,
            StreamRun.SPARK);
    StopSignals.handle(
        () -> {
          progress.say(
              "stopping: the batches in hand are finished; a second signal ends it at once");
          stop.ask();
        });
    StreamRun run = new StreamRun(plan, context, ProjectJobs::job, assay::project, stop, progress);
    progress.began(run.queries());
    ExitCode exitCode = run.execute();
    progress.summary(run.queries());
    return exitCode;
  }
}
