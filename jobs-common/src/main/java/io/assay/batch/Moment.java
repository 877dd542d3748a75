package io.assay.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A time by two clocks: one stands still while a machine sleeps, the other can be set. */
record Moment(long nanos, Instant wall) {
  static Moment now(Clock clock) {
    return new Moment(System.nanoTime(), clock.instant());
  }

  /** The longer of the two times that have passed. */
  Duration until(Moment later) {
    Duration counted = Duration.ofNanos(later.nanos - nanos);
    Duration shown = Duration.between(wall, later.wall);
    return counted.compareTo(shown) > 0 ? counted : shown;
  }
}
