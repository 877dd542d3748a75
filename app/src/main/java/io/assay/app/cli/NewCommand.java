package io.assay.app.cli;

import io.assay.app.profile.NewDataset;
import io.assay.batch.Decision;
import io.assay.config.Project;
import io.assay.error.ExitCode;
import io.assay.job.ProcessContext;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "new",
    description = "Proposes a new part of the project, as files to be read and completed.",
    subcommands = NewCommand.OfFile.class,
    footer = {"  assay new dataset orders --from landing/orders.csv"})
final class NewCommand {
  @ParentCommand private Assay assay;

  @Command(
      name = "dataset",
      description = {
        "Writes datasets/NAME for files: a pipeline that reads them, and a contract with their columns,",
        "types, and rules to be confirmed. It validates and runs at once. Nothing is written over."
      },
      footer = {
        "  assay new dataset orders --from landing/orders.csv",
        "  assay new dataset events --from 'landing/*/events*.jsonl.gz'"
      })
  static final class OfFile implements SparkProgram {
    @ParentCommand private NewCommand parent;
    @Mixin private FormatOption format;

    @Parameters(paramLabel = "NAME", description = "What the dataset is called, such as orders.")
    private String name;

    @Option(
        names = "--from",
        paramLabel = "FILE",
        required = true,
        description = {
          "A file, a folder, or a pattern in quotes, below the project's folder or the root of a store",
          "that assay.yaml names."
        })
    private String from;

    @Override
    public ExitCode execute() {
      Project project = parent.assay.project();
      NewDataset dataset =
          NewDataset.propose(
              ProcessContext.open("assay new", project, Decision.NONE).spark(),
              project,
              parent.assay.options().location(),
              name,
              from,
              format.told(),
              System.getenv());
      PrintStream out = parent.assay.console().out();
      out.printf("%s: proposed from %,d rows%n", dataset.folder(), dataset.rows());
      dataset.notes().forEach(note -> out.println("  " + note));
      out.println("Say what it means in contract.odcs.yaml, then:");
      String assay = parent.assay.options().assay();
      out.printf("  %s validate%n", assay);
      out.printf("  %s run bronze.%s+%n", assay, name);
      return ExitCode.OK;
    }
  }
}
