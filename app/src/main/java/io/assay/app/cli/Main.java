package io.assay.app.cli;

import io.assay.job.Invocation;
import io.assay.job.ProcessExit;

/**
 * The command line. {@code bin/assay} starts it, with plain Java or through spark-submit:
 *
 * <pre>
 * spark-submit --class io.assay.app.cli.Main assay.jar run --project DIR
 * </pre>
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    ProcessExit.with(
        () -> Invocation.execute(Assay.commandLine(Console.ofProcess()), args, System.out));
  }
}
