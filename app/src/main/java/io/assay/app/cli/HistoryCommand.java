package io.assay.app.cli;

import io.assay.app.operate.KeyHistory;
import io.assay.app.operate.KeyTimeline;
import io.assay.app.operate.KeyTimelineText;
import io.assay.batch.Decision;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.error.ExitCode;
import io.assay.job.ProcessContext;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "history",
    description = {
      "Tells the life of one key: its versions, what changed from one to the next, and why.",
      "It names the events that made them, with where each came from. Personal columns are masked."
    },
    footer = {
      "  assay history silver.customers --key C00001",
      "  assay history silver.customers --key customer_id=C00001 --json",
      "  assay history silver.prices --key shop=7 --key product=P0001"
    })
final class HistoryCommand implements SparkProgram {
  @ParentCommand private Assay assay;
  @Mixin private TableArguments table;

  @Option(
      names = "--key",
      paramLabel = "COLUMN=VALUE",
      required = true,
      description = "The key; repeat it for each column. Of one column, the value alone will do.")
  private List<String> key;

  @Override
  public ExitCode execute() throws IOException {
    Project project = assay.project();
    Dataset dataset = table.dataset(project);
    KeyTimeline timeline =
        new KeyHistory(
                ProcessContext.open("assay history", project, Decision.NONE).spark(),
                project,
                dataset)
            .timeline(key);
    PrintStream out = assay.console().out();
    if (table.json) {
      out.println(KeyTimelineText.json(timeline));
    } else {
      KeyTimelineText.write(timeline, out);
    }
    return ExitCode.OK;
  }
}
