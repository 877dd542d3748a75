package io.assay.app.cli;

import io.assay.config.ConfigurationReport;
import io.assay.error.ExitCode;
import io.assay.job.Program;
import io.assay.job.ProjectOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "config",
    description = {
      "Shows the configuration in force as YAML, with defaults filled in.",
      "Behind every value stands where it comes from. Secrets are left out."
    },
    footer = {"  assay config", "  assay config --env prod --set batch.rows=1000"})
final class ConfigCommand implements Program {
  @ParentCommand private Assay assay;

  @Override
  public ExitCode execute() {
    ProjectOptions options = assay.options();
    assay
        .console()
        .out()
        .print(
            ConfigurationReport.of(
                options.location(), options.environment(), options.sets(), System.getenv()));
    return ExitCode.OK;
  }
}
