package io.assay.app.stream;

import java.time.Duration;

/** How a loop waits, and learns that it is to end. */
interface Pauses {

  /** Whether the stop was asked for. */
  boolean stopped();

  /** Waits so long, or until the stop is asked for. */
  void pause(Duration time);
}
