package io.assay.bronze.jdbc;

import java.time.Duration;

/** Durations as databases count them. */
final class Microseconds {
  private Microseconds() {}

  /** A duration in whole microseconds, rounded up. */
  static long of(Duration time) {
    return Math.addExact(
        Math.multiplyExact(time.getSeconds(), 1_000_000L), (time.getNano() + 999) / 1000);
  }
}
