package io.assay.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.DecisionOptions;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.job.ProcessContext;
import io.assay.ops.OpsTables;
import io.assay.silver.ReplayJob;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "replay",
    description = {
      "Takes rows from quarantine once more, by the contract and rules as they are now. What comes",
      "through takes its place in the order of events; what fails again stays, with the newest reason.",
      "What came too late or was rejected is taken only with --rule late or --rule rejected."
    },
    footer = {"  assay quarantine replay --dataset orders --rule total_type"})
final class QuarantineReplayCommand implements SparkProgram {
  @ParentCommand private QuarantineCommand parent;
  @Mixin private QuarantineFilter filter;
  @Mixin private DecisionOptions decisionOptions;

  @Option(names = "--json", description = "Print an array with an object per dataset.")
  private boolean json;

  @Override
  public ExitCode execute() {
    Project project = parent.project();
    Collection<Dataset> datasets = filter.datasets(project);
    Decision decision = decisionOptions.decision();
    if (decision.rejection().isPresent()) {
      throw new AssayException(
          ExitCode.USAGE, "what lies in quarantine is rejected already: leave --reject out");
    }
    Filter rows = filter.rows();
    JobContext context = ProcessContext.open("assay quarantine replay", project, decision);
    List<JobReport> reports = new ArrayList<>();
    for (Dataset dataset : datasets) {
      reports.add(JobReport.of(new ReplayJob(dataset, rows), context));
    }
    if (reports.stream().anyMatch(report -> report.result().outcome() != Outcome.UNCHANGED)) {
      new OpsTables(context.spark(), project.warehouse()).refresh(context.runId(), context.clock());
    }
    tell(reports);
    return reports.stream().map(JobReport::exitCode).reduce(ExitCode.OK, ExitCode::orWorse);
  }

  private void tell(List<JobReport> reports) {
    PrintStream out = parent.out();
    if (json) {
      ArrayNode array = new ObjectMapper().createArrayNode();
      reports.forEach(report -> array.add(report.json()));
      out.println(array.toPrettyString());
    } else {
      reports.forEach(report -> out.println(report.text()));
    }
  }
}
