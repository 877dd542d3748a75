package io.assay.job;

import io.assay.config.Project;
import io.assay.error.ExitCode;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every job's {@code main} does: arguments to project, session, job, one line, exit code. */
public final class JobMain {
  private JobMain() {}

  /**
   * Runs one job as a whole process. Does not return.
   *
   * @param args {@code --project P [--env E] [--set a.b=c]… [--accept RULE | --reject] [--reason
   *     TEXT] [--json] NAME}
   * @param factory makes the job for NAME
   */
  public static void run(String[] args, JobFactory factory) {
    ProcessExit.with(() -> execute(args, factory, System.out));
  }

  /** As {@link #run}, without ending the process: for tests. */
  static ExitCode execute(String[] args, JobFactory factory, PrintStream out) throws Exception {
    return Invocation.execute(new CommandLine(new OneJob(factory, out)), args, out);
  }

  @Command(
      name = "job",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Does all the pending work of one table.")
  private static final class OneJob implements Program {
    private final JobFactory factory;
    private final PrintStream out;

    @Mixin private ProjectOptions projectOptions;
    @Mixin private DecisionOptions decisionOptions;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Parameters(paramLabel = "NAME", description = "The dataset or the mart.")
    private String name;

    OneJob(JobFactory factory, PrintStream out) {
      this.factory = factory;
      this.out = out;
    }

    @Override
    public ExitCode execute() {
      Project project = projectOptions.load();
      Job job = factory.of(project, name);
      JobContext context =
          ProcessContext.open("assay " + job.table(), project, decisionOptions.decision());
      JobReport report = JobReport.of(job, context);
      out.println(json ? report.json() : report.text());
      return report.exitCode();
    }
  }
}
