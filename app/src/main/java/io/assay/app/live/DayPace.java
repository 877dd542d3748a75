package io.assay.app.live;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A day of the shop in a minute or less. Little happens at night, so the night passes in no time.
 *
 * @param length how long the day takes
 */
record DayPace(LocalDate date, ZoneId zone, Duration length) {
  /** Hours of the day, and how much of it has passed then. */
  private static final double[][] PASSED = {{0, 0}, {6.5, 0.03}, {22.5, 0.97}, {24, 1}};

  private static final double LAST = 23.99;
  private static final double HOUR = 3_600_000;

  /** How long after the beginning something happens. */
  Duration after(Instant at) {
    double hours = Duration.between(midnight(), at).toMillis() / HOUR;
    return Duration.ofMillis((long) (between(0, 1, Math.max(0, hours)) * length.toMillis()));
  }

  /** What the shop's clock shows so long after the beginning; it stays in the day. */
  Instant at(Duration passed) {
    double share = Math.min(1, passed.toMillis() / (double) length.toMillis());
    return midnight().plusMillis((long) (Math.min(LAST, between(1, 0, share)) * HOUR));
  }

  private Instant midnight() {
    return date.atStartOfDay(zone).toInstant();
  }

  private static double between(int from, int to, double value) {
    int piece = 1;
    while (piece < PASSED.length - 1 && value > PASSED[piece][from]) {
      piece++;
    }
    double[] low = PASSED[piece - 1];
    double[] high = PASSED[piece];
    double share = (value - low[from]) / (high[from] - low[from]);
    return Math.min(PASSED[PASSED.length - 1][to], low[to] + share * (high[to] - low[to]));
  }
}
