package io.assay.app.cli;

import io.assay.app.demo.Demo;
import io.assay.app.demo.ShopGenerator;
import io.assay.app.live.LiveDemo;
import io.assay.batch.Decision;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.ProcessContext;
import io.assay.job.Program;
import io.assay.job.ProjectOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "demo",
    description = {
      "Tells three days of the shop in conf/ while they run, and ends in answers.",
      "It works in .assay/demo below the installation, and makes that folder anew each time.",
      "With --live it starts PostgreSQL, Debezium, Kafka and an API on 127.0.0.1, lets the shop live",
      "through a day in a minute, and shows how a stream keeps up; that is in .assay/live."
    },
    footer = {
      "  assay demo                                      the story",
      "  assay demo --live                               with servers, for a minute",
      "  assay demo generate --days 30 --to FOLDER       data of the same shop, to play with"
    },
    subcommands = DemoCommand.Generate.class)
final class DemoCommand implements SparkProgram {
  private static final Pattern TIME = Pattern.compile("[1-9][0-9]{0,3}[sm]");
  private static final Duration SHORTEST = Duration.ofSeconds(10);

  @ParentCommand private Assay assay;

  @Option(names = "--live", description = "With servers, which it starts and stops.")
  private boolean live;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "60s",
      description =
          "How long the shop is open with --live, as 60s or 5m; default ${DEFAULT-VALUE}.")
  private String time;

  @Override
  public ExitCode execute() {
    String installation = System.getProperty(ProjectOptions.INSTALLATION);
    if (installation == null) {
      throw new AssayException(
          ExitCode.USAGE, "the demo belongs to an installation: use bin/assay");
    }
    if (live) {
      show(Path.of(installation));
      return ExitCode.OK;
    }
    Demo demo = new Demo(Path.of(installation), System.getenv(), assay.console().out());
    demo.tell(ProcessContext.open("assay demo", demo.project(), Decision.NONE));
    return ExitCode.OK;
  }

  private void show(Path installation) {
    boolean known = TIME.matcher(time).matches();
    Duration length = known ? Duration.parse("PT" + time) : Duration.ZERO;
    if (length.compareTo(SHORTEST) < 0) {
      throw new AssayException(
          ExitCode.USAGE, "--for takes a time from 10s on, such as 60s or 5m, not " + time);
    }
    Console console = assay.console();
    new LiveDemo(
            installation, System.getenv(), length, console.out(), console.err(), console.columns())
        .run();
  }

  @Command(
      name = "generate",
      description = "Writes the shop's deliveries: a folder a day. The same options give the same.")
  static final class Generate implements Program {
    @Option(names = "--days", paramLabel = "N", defaultValue = "3", description = "How many days.")
    private int days;

    @Option(
        names = "--scale",
        paramLabel = "S",
        defaultValue = "1",
        description = "1 is 400 customers, 80 products and 300 orders a day.")
    private double scale;

    @Option(
        names = "--seed",
        paramLabel = "N",
        defaultValue = "7",
        description = "Another seed, another shop.")
    private long seed;

    @Option(
        names = "--from",
        paramLabel = "DATE",
        defaultValue = "2026-06-01",
        description = "The day the shop opens; default ${DEFAULT-VALUE}.")
    private LocalDate from;

    @Option(
        names = "--to",
        paramLabel = "DIR",
        required = true,
        description = "Where to; files of the same days are replaced.")
    private Path folder;

    @ParentCommand private DemoCommand demo;

    @Override
    public ExitCode execute() {
      if (days < 1 || scale <= 0) {
        throw new AssayException(ExitCode.USAGE, "--days and --scale are greater than 0");
      }
      new ShopGenerator(seed, scale, from).generate(days, folder);
      demo.assay.console().out().println(days + " days of the shop are in " + folder);
      return ExitCode.OK;
    }
  }
}
