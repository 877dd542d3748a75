package io.assay.bench.freshness;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When each event was sent, and to which lane. Events are numbered as they were sent. A lane is a
 * partition of the topic: nothing overtakes in it.
 */
final class SentEvents {
  static final int LANES = 2;

  private final long[] micros;
  private final byte[] lanes;
  private int events;

  /**
   * @param most how many there will be
   */
  SentEvents(int most) {
    this.micros = new long[most];
    this.lanes = new byte[most];
  }

  void add(int lane, Instant at) {
    lanes[events] = (byte) lane;
    micros[events++] = ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  int size() {
    return events;
  }

  int lane(int event) {
    return lanes[event];
  }

  Instant at(int event) {
    return Instant.EPOCH.plus(micros[event], ChronoUnit.MICROS);
  }

  /** How many events a second were sent, from one on. */
  double rateFrom(int first) {
    Duration time = Duration.between(at(first), at(events - 1));
    return (events - 1 - first) / (time.toNanos() / 1e9);
  }
}
