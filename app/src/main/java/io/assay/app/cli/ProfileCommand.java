package io.assay.app.cli;

import io.assay.app.profile.ProfileReport;
import io.assay.batch.Decision;
import io.assay.config.Project;
import io.assay.error.ExitCode;
import io.assay.job.ProcessContext;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "profile",
    description = {
      "Tells what a table or files hold: types, completeness, distinct values, ranges, histograms.",
      "Files are read as bronze and silver would read them. Values that may be personal are not shown."
    },
    footer = {
      "  assay profile silver.orders",
      "  assay profile export/orders.csv.gz",
      "  assay profile 'export/*.json' --json"
    })
final class ProfileCommand implements SparkProgram {
  @ParentCommand private Assay assay;
  @Mixin private FormatOption format;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Parameters(
      paramLabel = "TABLE|FILE",
      description = "A table such as silver.orders, or a file, a folder, or a pattern in quotes.")
  private String of;

  @Override
  public ExitCode execute() throws IOException {
    Project project = assay.project();
    SparkSession spark = ProcessContext.open("assay profile", project, Decision.NONE).spark();
    Optional<TableName> table = TableName.parse(of);
    ProfileReport report =
        table.isPresent()
            ? ProfileReport.ofTable(spark, project, table.get())
            : ProfileReport.ofFiles(spark, project, of, format.told());
    PrintStream out = assay.console().out();
    if (json) {
      out.println(report.json());
    } else {
      report.write(out, System.console() != null && assay.console().live());
    }
    return ExitCode.OK;
  }
}
