package io.assay.app.cli;

import io.assay.app.plan.JobGraph;
import io.assay.app.run.ProjectJobs;
import io.assay.config.Project;
import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.DecisionOptions;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.job.ProcessContext;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    description = "Does all the pending work of one ${COMMAND-NAME} table: what schedulers call.")
final class JobCommand implements SparkProgram {
  private final Layer layer;

  @ParentCommand private Assay assay;
  @Mixin private DecisionOptions decisionOptions;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Parameters(
      paramLabel = "NAME",
      description = "The dataset, mart or publication, such as orders.")
  private String name;

  JobCommand(Layer layer) {
    this.layer = layer;
  }

  @Override
  public ExitCode execute() {
    Project project = assay.project();
    Job job = ProjectJobs.job(project, table(project));
    JobContext context =
        ProcessContext.open("assay " + job.table(), project, decisionOptions.decision());
    JobReport report = JobReport.of(job, context);
    assay.console().out().println(json ? report.json() : report.text());
    return report.exitCode();
  }

  private TableName table(Project project) {
    List<TableName> jobs =
        JobGraph.of(project).jobs().stream().filter(job -> job.layer() == layer).toList();
    return jobs.stream()
        .filter(job -> job.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new AssayException(
                    ExitCode.USAGE,
                    "this project has no "
                        + layer.label()
                        + " job '"
                        + name
                        + "'"
                        + Nearest.hint(name, jobs.stream().map(TableName::name).toList())));
  }
}
