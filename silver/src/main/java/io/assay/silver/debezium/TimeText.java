package io.assay.silver.debezium;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates and times that messages hold as numbers, in ISO 8601 and without a zone. */
final class TimeText {
  /** Units in a second. */
  static final long MILLISECONDS = 1_000;

  static final long MICROSECONDS = 1_000_000;
  static final long NANOSECONDS = 1_000_000_000;

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;

  private TimeText() {}

  /**
   * A day.
   *
   * @throws java.time.DateTimeException if no calendar has it
   */
  static String date(long days) {
    return LocalDate.ofEpochDay(days).toString();
  }

  /**
   * A point in time.
   *
   * @param sinceEpoch in units since 1970-01-01T00:00
   * @param perSecond how many units a second has
   */
  static String timestamp(long sinceEpoch, long perSecond) {
    long fraction = Math.floorMod(sinceEpoch, perSecond);
    return LocalDateTime.ofEpochSecond(
            Math.floorDiv(sinceEpoch, perSecond),
            (int) (fraction * (NANOSECONDS / perSecond)),
            ZoneOffset.UTC)
        .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
  }

  /**
   * Debezium writes dates and times that have no zone as if they were in UTC: {@code 2022-01-08Z}.
   */
  static String withoutZone(String text) {
    return text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
  }

  /** A time of day; MySQL's may be negative, and longer than a day. */
  static String time(long sinceMidnight, long perSecond) {
    long size = Math.abs(sinceMidnight);
    long seconds = size / perSecond;
    String text =
        String.format(
            Locale.ROOT,
            "%s%02d:%02d:%02d",
            sinceMidnight < 0 ? "-" : "",
            seconds / HOUR,
            seconds % HOUR / MINUTE,
            seconds % MINUTE);
    long nanos = size % perSecond * (NANOSECONDS / perSecond);
    return nanos == 0
        ? text
        : text + "." + String.format(Locale.ROOT, "%09d", nanos).replaceAll("0+$", "");
  }
}
