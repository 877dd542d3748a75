package io.assay.app.profile;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Ways to write dates and times besides ISO 8601, as patterns of Spark's, the stricter first. That
 * a value fits is asked of Java's own reader, which Spark's is made of; that silver reads it the
 * same way is checked with silver's casts afterwards.
 */
final class TimePatterns {
  /** By date pattern: whether the day stands before the month and both are numbers. */
  private static final List<String> DATES =
      List.of(
          "dd/MM/yyyy",
          "MM/dd/yyyy",
          "d/M/yyyy",
          "M/d/yyyy",
          "dd-MM-yyyy",
          "MM-dd-yyyy",
          "dd.MM.yyyy",
          "d.M.yyyy",
          "yyyy/MM/dd",
          "dd-MMM-yyyy",
          "dd MMM yyyy");

  private static final List<String> TIMES = List.of("HH:mm", "HH:mm:ss", "H:mm", "H:mm:ss");

  private static final Map<String, DateTimeFormatter> READERS = readers();

  private TimePatterns() {}

  /** All patterns, dates before times, the stricter before the laxer. */
  static List<String> all() {
    return List.copyOf(READERS.keySet());
  }

  /** Whether a pattern has a time of day. */
  static boolean timed(String pattern) {
    return pattern.contains(":");
  }

  /** The pattern with day and month exchanged; itself if nothing can be mistaken. */
  static String mirrored(String pattern) {
    int space = pattern.indexOf(' ');
    String date = timed(pattern) ? pattern.substring(0, space) : pattern;
    String rest = timed(pattern) ? pattern.substring(space) : "";
    boolean mistakable = !date.contains("MMM") && !date.startsWith("y") && !date.contains(".");
    return mistakable ? date.replace('d', '?').replace('M', 'd').replace('?', 'M') + rest : pattern;
  }

  static boolean fits(String pattern, String text) {
    try {
      READERS.get(pattern).parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Map<String, DateTimeFormatter> readers() {
    List<String> patterns = new ArrayList<>(DATES);
    for (String date : DATES) {
      TIMES.forEach(time -> patterns.add(date + " " + time));
    }
    Map<String, DateTimeFormatter> readers = new LinkedHashMap<>();
    for (String pattern : patterns) {
      readers.put(
          pattern,
          DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.US)
              .withResolverStyle(ResolverStyle.STRICT));
    }
    return readers;
  }
}
