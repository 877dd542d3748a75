package io.assay.job;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Makes the names of runs: they sort by time, and two started at one moment differ. */
public final class RunId {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunId() {}

  /** A new name, such as {@code 20261120T095611.042Z-1f3a9c}. */
  public static String next(Clock clock) {
    return at(clock.instant());
  }

  /** A new name that sorts behind another, even if the clock was set back since that was made. */
  public static String after(String last, Clock clock) {
    Instant now = clock.instant();
    if (!last.matches("[0-9]{8}T[0-9]{6}([.][0-9]{3})?Z-.*")) {
      return at(now);
    }
    String time = last.substring(0, last.indexOf('Z'));
    // Names were made to the second once.
    String whole = time.indexOf('.') < 0 ? time + ".999Z" : time + "Z";
    Instant least = TIME.parse(whole, Instant::from).plusMillis(1);
    return at(now.isAfter(least) ? now : least);
  }

  private static String at(Instant time) {
    int suffix = new SecureRandom().nextInt(1 << 24);
    return String.format(Locale.ROOT, "%s-%06x", TIME.format(time), suffix);
  }
}
