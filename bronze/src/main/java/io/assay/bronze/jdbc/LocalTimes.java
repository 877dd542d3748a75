package io.assay.bronze.jdbc;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;

/**
 * What it means for times without a zone that clocks are put forward and back: times that never
 * come, and times that come twice.
 */
record LocalTimes(ZoneId zone) {
  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final int SECONDS = "2026-01-01 00:00:00".length();
  private static final Duration AHEAD = Duration.ofDays(1);

  /**
   * The earliest time that clocks show from a moment on. From an hour before they are put back on
   * it does not move until that hour has come again.
   */
  LocalDateTime earliestFrom(Instant moment) {
    LocalDateTime earliest = LocalDateTime.ofInstant(moment, zone);
    ZoneOffsetTransition next = zone.getRules().nextTransition(moment);
    while (next != null && next.getInstant().isBefore(moment.plus(AHEAD))) {
      LocalDateTime back = next.getDateTimeAfter();
      earliest = back.isBefore(earliest) ? back : earliest;
      next = zone.getRules().nextTransition(next.getInstant());
    }
    return earliest;
  }

  /**
   * How much of local time was left out in so long a time before a local time.
   *
   * @param text a time as a database writes it; where it is none that Java knows, nothing was
   */
  Duration leftOut(String text, Duration before) {
    try {
      LocalDateTime time =
          LocalDateTime.parse(text.substring(0, Math.min(SECONDS, text.length())), TEXT);
      Instant start = ZonedDateTime.of(time, zone).toInstant().minus(before);
      Duration gap = Duration.between(LocalDateTime.ofInstant(start, zone), time.minus(before));
      return gap.isNegative() ? Duration.ZERO : gap;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }
}
