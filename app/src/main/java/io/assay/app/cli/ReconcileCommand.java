package io.assay.app.cli;

import io.assay.app.operate.SnapshotComparison;
import io.assay.batch.Decision;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.ProcessContext;
import java.io.IOException;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "reconcile",
    description = {
      "Compares the current rows of a table that is fed by changes with a snapshot of its source.",
      "Says which keys are missing, surplus or different, and in which columns. It changes nothing."
    },
    footer = {
      "  assay reconcile silver.customers --snapshot export/customers.csv",
      "  assay reconcile silver.customers --snapshot bronze.customers_full --json"
    })
final class ReconcileCommand implements SparkProgram {
  @ParentCommand private Assay assay;
  @Mixin private TableArguments table;

  @Option(
      names = "--snapshot",
      paramLabel = "TABLE|PATH",
      required = true,
      description = {
        "Rows as the source has them: a bronze table (what its newest batch landed), or CSV, JSON lines",
        "or Parquet files. Or a silver or gold table."
      })
  private String snapshot;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many unequal keys to tell; default ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  public ExitCode execute() throws IOException {
    Project project = assay.project();
    Dataset dataset = table.dataset(project);
    if (limit < 0) {
      throw new AssayException(ExitCode.USAGE, "--limit " + limit + " is less than 0");
    }
    SnapshotComparison comparison =
        SnapshotComparison.of(
            ProcessContext.open("assay reconcile", project, Decision.NONE).spark(),
            project,
            dataset,
            snapshot,
            limit);
    PrintStream out = assay.console().out();
    if (table.json) {
      out.println(comparison.json());
    } else {
      comparison.write(out);
    }
    return comparison.holds() ? ExitCode.OK : ExitCode.QUALITY;
  }
}
