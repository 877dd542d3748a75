package io.assay.app.cli;

import io.assay.config.Project;
import io.assay.job.ProjectOptions;
import io.assay.table.Layer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ScopeType;

/** The top of the command line: options that every command has, and the list of commands. */
@Command(
    name = "assay",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = AssayVersion.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    descriptionHeading = "%n",
    footerHeading = "%nExamples:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything asked for was done, or there was nothing to do",
      "1:a failure; a retry without a change will not help",
      "2:the command line was wrong",
      "3:data was held, refused or proved unequal",
      "4:configuration or contract is wrong; nothing was started",
      "5:a source did not answer; worth a retry"
    })
final class Assay {
  @Mixin private ProjectOptions options;
  private final Console console;

  private Assay(Console console) {
    this.console = console;
  }

  /** The whole command line, ready to parse. */
  static CommandLine commandLine(Console console) {
    CommandLine commandLine = new CommandLine(new Assay(console));
    commandLine
        .addSubcommand(new DemoCommand())
        .addSubcommand(new ValidateCommand())
        .addSubcommand(new ConfigCommand())
        .addSubcommand(new SchemaCommand())
        .addSubcommand(new PlanCommand())
        .addSubcommand(new RunCommand())
        .addSubcommand(new StreamCommand())
        .addSubcommand("bronze", new JobCommand(Layer.BRONZE))
        .addSubcommand("silver", new JobCommand(Layer.SILVER))
        .addSubcommand("gold", new JobCommand(Layer.GOLD))
        .addSubcommand("publish", new JobCommand(Layer.PUBLISH))
        .addSubcommand(new StatusCommand())
        .addSubcommand(new SqlCommand())
        .addSubcommand(new ServeCommand())
        .addSubcommand(new VerifyCommand())
        .addSubcommand(new RebuildCommand())
        .addSubcommand(new HistoryCommand())
        .addSubcommand(new ReconcileCommand())
        .addSubcommand(new TestCommand())
        .addSubcommand(new QuarantineCommand())
        .addSubcommand(new ProfileCommand())
        .addSubcommand(new NewCommand())
        .addSubcommand(new HelpCommand());
    // An environment may be named as a command is: test, say.
    commandLine.setAllowSubcommandsAsOptionParameters(true);
    // Set last, for what the top has when a command is added is inherited by it.
    commandLine
        .getCommandSpec()
        .usageMessage()
        .header("Lands raw data in bronze, proves it in silver, serves marts from gold.")
        .footer(
            "  assay demo                                  the shop, in a few minutes",
            "  assay --project examples/online-retail run  everything of a project",
            "  assay status                                how each table stands",
            "  assay sql \"SELECT * FROM gold.daily_sales\"  ask");
    return commandLine;
  }

  /** Reads and checks the project that the options name. */
  Project project() {
    return options.load();
  }

  ProjectOptions options() {
    return options;
  }

  Console console() {
    return console;
  }
}
