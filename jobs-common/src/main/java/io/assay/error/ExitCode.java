package io.assay.error;

/** What a process says of its outcome. Stable: schedulers and scripts branch on these numbers. */
public enum ExitCode {
  /** Everything asked for was done, or there was nothing to do. */
  OK(0),
  /** A system or logic failure; retrying without a change will not help. */
  FAILURE(1),
  /** The command line was wrong. */
  USAGE(2),
  /** Data was held, refused or proved unequal. */
  QUALITY(3),
  /** Configuration or contract is wrong; nothing was started. */
  CONFIGURATION(4),
  /** A source did not answer; a later retry may succeed. */
  UNAVAILABLE(5);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The process's exit status. */
  public int number() {
    return number;
  }

  /** The graver of two outcomes, for a run of many jobs. */
  public ExitCode orWorse(ExitCode other) {
    return gravity() >= other.gravity() ? this : other;
  }

  private int gravity() {
    return switch (this) {
      case OK -> 0;
      case QUALITY -> 1;
      case UNAVAILABLE -> 2;
      case FAILURE -> 3;
      case USAGE -> 4;
      case CONFIGURATION -> 5;
    };
  }
}
