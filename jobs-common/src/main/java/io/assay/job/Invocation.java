package io.assay.job;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses arguments and starts the {@link Program} they name. */
public final class Invocation {
  private Invocation() {}

  /**
   * Starts the program that the arguments name, or shows the help they ask for.
   *
   * @param commandLine commands whose objects are {@link Program}s
   * @param out where help goes when it is asked for
   * @throws AssayException with exit code 2 if the arguments cannot be understood
   */
  public static ExitCode execute(CommandLine commandLine, String[] args, PrintStream out)
      throws Exception {
    commandLine.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    ParseResult parsed = parse(commandLine, args);
    if (CommandLine.executeHelpRequest(parsed) != null) {
      return ExitCode.OK;
    }
    ParseResult leaf = parsed;
    while (leaf.hasSubcommand()) {
      leaf = leaf.subcommand();
    }
    if (leaf.commandSpec().userObject() instanceof Program program) {
      return program.execute();
    }
    throw usage("which command? ", leaf.commandSpec().commandLine());
  }

  private static ParseResult parse(CommandLine commandLine, String[] args) {
    try {
      return commandLine.parseArgs(args);
    } catch (ParameterException e) {
      StringWriter suggestions = new StringWriter();
      UnmatchedArgumentException.printSuggestions(e, new PrintWriter(suggestions));
      throw usage(
          e.getMessage() + "\n" + suggestions.toString().replace("\r", ""), e.getCommandLine());
    }
  }

  private static AssayException usage(String problem, CommandLine commandLine) {
    return new AssayException(
        ExitCode.USAGE,
        problem.stripTrailing()
            + "\n'"
            + commandLine.getCommandSpec().qualifiedName()
            + " --help' shows what there is.");
  }
}
