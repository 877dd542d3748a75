package io.assay.app.cli;

import io.assay.app.operate.QuarantineView;
import io.assay.app.operate.QuarantineView.State;
import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.batch.Decision;
import io.assay.config.Project;
import io.assay.job.ProcessContext;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "quarantine",
    description = "Shows the rows that broke a rule, and takes them in later.",
    subcommands = {
      QuarantineListCommand.class,
      QuarantineShowCommand.class,
      QuarantineReplayCommand.class
    },
    footer = {
      "  assay quarantine list",
      "  assay quarantine show --dataset orders --rule total_type --limit 5",
      "  assay quarantine replay --dataset orders"
    })
final class QuarantineCommand {
  @ParentCommand private Assay assay;

  Project project() {
    return assay.project();
  }

  PrintStream out() {
    return assay.console().out();
  }

  QuarantineView view(Project project, Filter filter, State state) {
    return new QuarantineView(
        ProcessContext.open("assay quarantine", project, Decision.NONE).spark(),
        project,
        filter,
        state);
  }
}
