package io.assay.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.app.operate.RebuildText;
import io.assay.batch.Decision;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.DecisionOptions;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.job.ProcessContext;
import io.assay.ops.OpsTables;
import io.assay.silver.RebuildJob;
import io.assay.silver.RebuildPreview;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "rebuild",
    description = {
      "Makes a silver table anew from bronze, beside the one that people read, and says what differs.",
      "It takes the configuration as it is now, and the decisions as they were recorded.",
      "With --apply the new table takes the place of the other, in one commit."
    },
    footer = {
      "  assay rebuild silver.customers            what would change",
      "  assay rebuild silver.customers --apply    change it"
    })
final class RebuildCommand implements SparkProgram {
  @ParentCommand private Assay assay;
  @Mixin private TableArguments table;
  @Mixin private DecisionOptions decisionOptions;

  @Option(names = "--apply", description = "Swap the tables; without it nothing is changed.")
  private boolean apply;

  @Override
  public ExitCode execute() {
    Project project = assay.project();
    Dataset dataset = table.dataset(project);
    Decision decision = decisionOptions.decision();
    if (decision.rejection().isPresent()) {
      throw new AssayException(
          ExitCode.USAGE,
          "a rebuild rejects what was rejected before, and nothing else: leave --reject out");
    }
    JobContext context =
        ProcessContext.open("assay rebuild silver." + dataset.name(), project, decision);
    return apply ? apply(dataset, context) : rehearse(dataset, context);
  }

  private ExitCode rehearse(Dataset dataset, JobContext context) {
    new RebuildJob(dataset, this::tell).rehearse(context);
    return ExitCode.OK;
  }

  private void tell(RebuildPreview preview) {
    PrintStream out = assay.console().out();
    if (table.json) {
      out.println(RebuildText.json(preview).put("applied", false).toPrettyString());
    } else {
      out.println(RebuildText.of(preview));
      out.println(
          preview.changes()
              ? "Nothing was changed; --apply puts the rebuilt table in its place."
              : "The rebuilt table is the same.");
    }
  }

  private ExitCode apply(Dataset dataset, JobContext context) {
    PrintStream out = assay.console().out();
    List<RebuildPreview> told = new ArrayList<>();
    JobReport report = JobReport.of(new RebuildJob(dataset, told::add), context);
    boolean applied =
        report.exitCode() == ExitCode.OK && told.stream().anyMatch(RebuildPreview::changes);
    if (applied) {
      new OpsTables(context.spark(), context.project().warehouse())
          .refresh(context.runId(), context.clock());
    }
    if (table.json) {
      ObjectNode result = report.json().put("applied", applied);
      told.forEach(preview -> result.setAll(RebuildText.json(preview)));
      out.println(result.toPrettyString());
    } else {
      told.forEach(preview -> out.println(RebuildText.of(preview)));
      out.println(report.text());
    }
    return report.exitCode();
  }
}
