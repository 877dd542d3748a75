package io.assay.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.app.operate.MartProofText;
import io.assay.app.operate.RebuildText;
import io.assay.batch.Decision;
import io.assay.config.Dataset;
import io.assay.config.Mart;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.gold.MartProof;
import io.assay.gold.MartRebuildJob;
import io.assay.job.DecisionOptions;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.job.ProcessContext;
import io.assay.ops.OpsTables;
import io.assay.silver.RebuildJob;
import io.assay.silver.RebuildPreview;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "rebuild",
    description = {
      "Makes a silver table anew from bronze, beside the one that people read, and says what differs.",
      "It takes the configuration as it is now, and the decisions as they were recorded.",
      "With --apply the new table takes the place of the other, in one commit.",
      "Of a mart it says whether it is what its query gives; with --apply all of it is computed from",
      "its inputs as they are now."
    },
    footer = {
      "  assay rebuild silver.customers            what would change",
      "  assay rebuild silver.customers --apply    change it",
      "  assay rebuild gold.daily_sales --apply    compute all of it"
    })
final class RebuildCommand implements SparkProgram {
  /** How many rows of a mart that differs are told. */
  private static final int DIFFERENCES = 10;

  @ParentCommand private Assay assay;
  @Mixin private TableArguments table;
  @Mixin private DecisionOptions decisionOptions;

  @Option(names = "--apply", description = "Swap the tables; without it nothing is changed.")
  private boolean apply;

  @Override
  public ExitCode execute() throws IOException {
    Project project = assay.project();
    Optional<Mart> mart = table.mart(project);
    Decision decision = decisionOptions.decision();
    if (decision.rejection().isPresent()) {
      throw new AssayException(
          ExitCode.USAGE,
          "a rebuild rejects nothing but what was rejected before: leave --reject out");
    }
    if (mart.isPresent() && !apply && !decision.isNone()) {
      throw new AssayException(
          ExitCode.USAGE, "a mart is judged when it is computed: --accept goes with --apply");
    }
    if (mart.isPresent()) {
      JobContext context =
          ProcessContext.open("assay rebuild gold." + mart.get().name(), project, decision);
      return apply ? anew(mart.get(), context) : compare(mart.get(), context);
    }
    Dataset dataset = table.dataset(project);
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
      refreshOps(context);
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

  private ExitCode compare(Mart mart, JobContext context) throws IOException {
    Optional<MartProof.Result> found = new MartRebuildJob(mart).rehearse(context, DIFFERENCES);
    TableName name = TableName.gold(mart.name());
    PrintStream out = assay.console().out();
    if (table.json) {
      out.println(MartProofText.rebuild(name, found).put("applied", false).toPrettyString());
      return ExitCode.OK;
    }
    out.println(name + MartProofText.line(found));
    if (found.isPresent()) {
      MartProofText.write(found.get(), out);
    }
    out.println("Nothing was changed; --apply computes all of it from its inputs as they are now.");
    return ExitCode.OK;
  }

  private ExitCode anew(Mart mart, JobContext context) {
    JobReport report = JobReport.of(new MartRebuildJob(mart), context);
    boolean applied = report.exitCode() == ExitCode.OK;
    if (applied) {
      refreshOps(context);
    }
    PrintStream out = assay.console().out();
    out.println(
        table.json ? report.json().put("applied", applied).toPrettyString() : report.text());
    return report.exitCode();
  }

  private static void refreshOps(JobContext context) {
    new OpsTables(context.spark(), context.project().warehouse())
        .refresh(context.runId(), context.clock());
  }
}
