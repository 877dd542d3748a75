package io.assay.batch;

import java.util.Locale;

/** How a job ended, as {@code status} and the run's lines show it. */
public enum Outcome {
  /** At least one batch was published. */
  SUCCEEDED,
  /** There was nothing new; nothing was committed. */
  UNCHANGED,
  /** An error; nothing of the batch in hand counts. */
  FAILED,
  /** A batch waits for a decision. */
  HELD,
  /** It did not start, because something it reads failed or is held. */
  BLOCKED;

  /** The lower-case name of the JSON shapes. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
