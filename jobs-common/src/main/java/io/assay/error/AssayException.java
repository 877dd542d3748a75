package io.assay.error;

/**
 * A failure that a person can act on: its message says what happened, where, and what to do next.
 * It is shown without a stack trace.
 */
public class AssayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /**
   * @param exitCode how the process ends when nobody handles this
   * @param message what happened, to which table or file, and what to do next
   */
  public AssayException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** As above, with the failure underneath; its details go to the log, not to the reader. */
  public AssayException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** How the process ends when nobody handles this. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
