package io.assay.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * How far behind the newest watermark rows are looked for once more.
 *
 * @param text as written
 * @param time for watermarks that are times; empty for a number
 * @param number for watermarks that are numbers; empty for a time
 */
public record Overlap(String text, Optional<Duration> time, Optional<Long> number) {

  /**
   * Reads an overlap.
   *
   * @throws IllegalArgumentException if it is neither a duration nor a whole number, or negative
   */
  public static Overlap of(String text) {
    boolean isNumber = text.matches("[0-9]{1,18}");
    return isNumber
        ? new Overlap(text, Optional.empty(), Optional.of(Long.parseLong(text)))
        : new Overlap(text, Optional.of(duration(text)), Optional.empty());
  }

  private static Duration duration(String text) {
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("no duration", e);
    }
    if (duration.isNegative()) {
      throw new IllegalArgumentException("must not be negative");
    }
    return duration;
  }

  @Override
  public String toString() {
    return text;
  }
}
