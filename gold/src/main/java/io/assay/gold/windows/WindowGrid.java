package io.assay.gold.windows;

import static java.time.temporal.ChronoUnit.MICROS;

import java.time.Duration;
import java.time.Instant;

/**
 * Windows of one length that begin at regular times.
 *
 * @param length of a window
 * @param slide from the start of one to the start of the next; at most the length
 * @param anchor the start of any of them
 */
public record WindowGrid(Duration length, Duration slide, Instant anchor) {

  /** Whether the other has the same windows. */
  boolean sameAs(WindowGrid other) {
    return length.equals(other.length)
        && slide.equals(other.slide)
        && (micros(anchor, other.anchor) % micros(slide)) == 0;
  }

  /** The greatest end of a window that is not after a time: what ends later is open then. */
  public Instant lastEnd(Instant time) {
    Instant end = anchor.plus(length);
    long beyond = Math.floorMod(micros(end, time), micros(slide));
    return time.minus(beyond, MICROS);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }

  private static long micros(Instant from, Instant to) {
    return MICROS.between(from, to);
  }
}
