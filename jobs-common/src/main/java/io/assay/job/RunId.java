package io.assay.job;

import java.security.SecureRandom;
import java.time.Clock;
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
    int suffix = new SecureRandom().nextInt(1 << 24);
    return String.format(Locale.ROOT, "%s-%06x", TIME.format(clock.instant()), suffix);
  }
}
