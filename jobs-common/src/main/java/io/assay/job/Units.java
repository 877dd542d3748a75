package io.assay.job;

import java.util.Locale;

/** Quantities as people read them. */
public final class Units {
  private static final String[] BYTES = {"B", "KB", "MB", "GB", "TB"};

  private Units() {}

  /** A size such as {@code 1.2 MB}. */
  static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1000 && unit < BYTES.length - 1) {
      size /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, BYTES[unit]);
  }

  /** A number and what it counts, such as {@code 1,234 rows}. */
  public static String count(long number, String unit) {
    return String.format(Locale.ROOT, "%,d %s%s", number, unit, number == 1 ? "" : "s");
  }
}
