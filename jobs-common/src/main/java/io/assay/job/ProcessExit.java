package io.assay.job;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.store.StoreFailure;
import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one owner of the process's end, for the command line and for every job's main: turns what a
 * program returned or threw into an exit code and a message that a person can read.
 */
public final class ProcessExit {
  /** The system property that names the file the log is written to; unset on a cluster. */
  public static final String LOG_FILE = "assay.log";

  private static final Logger LOG = LoggerFactory.getLogger(ProcessExit.class);

  private ProcessExit() {}

  /** Runs the program and ends the process with its outcome. Does not return. */
  public static void with(Program program) {
    ExitCode exitCode = outcome(program, System.err);
    System.out.flush();
    System.err.flush();
    System.exit(exitCode.number());
  }

  /**
   * Runs the program and tells its outcome. A user's mistake becomes one message without a stack
   * trace; anything unexpected one line, and its details go to the log.
   *
   * @param err where people read
   */
  public static ExitCode outcome(Program program, PrintStream err) {
    try {
      return program.execute();
    } catch (Throwable failure) {
      report(failure, err);
      return exitCode(failure);
    }
  }

  /** The exit code of a failure: that of the nearest cause meant for people, else 1. */
  public static ExitCode exitCode(Throwable failure) {
    AssayException known = known(failure);
    return known == null ? ExitCode.FAILURE : known.exitCode();
  }

  /** What a failure says to people, in one message without a stack trace. */
  public static String message(Throwable failure) {
    AssayException known = known(failure);
    if (known != null) {
      return known.getMessage();
    }
    return "unexpected failure: " + oneLine(failure) + "; details are in " + logName();
  }

  /** Writes a failure's details to the log. */
  public static void log(Throwable failure) {
    LOG.error("{}", oneLine(failure), failure);
  }

  private static void report(Throwable failure, PrintStream err) {
    AssayException known = known(failure);
    if (known == null || known.getCause() != null) {
      log(failure);
    }
    err.println("assay: " + message(failure));
  }

  private static AssayException known(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AssayException known) {
        return known;
      }
    }
    return StoreFailure.of(failure, "").orElse(null);
  }

  private static String oneLine(Throwable failure) {
    String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
    return failure.getClass().getSimpleName() + message.lines().findFirst().orElse("");
  }

  private static String logName() {
    String file = System.getProperty(LOG_FILE);
    return file == null ? "the driver's log" : file;
  }
}
