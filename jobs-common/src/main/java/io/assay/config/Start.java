package io.assay.config;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Where the reading of a source that has an order begins.
 *
 * @param text as written
 * @param time the time of the first record that is meant; empty for the words
 */
public record Start(String text, Optional<Instant> time) {
  public static final Start EARLIEST = new Start("earliest", Optional.empty());

  /** What comes after the first run. */
  public static final Start LATEST = new Start("latest", Optional.empty());

  /**
   * Reads a start.
   *
   * @throws IllegalArgumentException if it is neither {@code earliest} nor {@code latest} nor a
   *     time with its zone
   */
  public static Start of(String text) {
    return switch (text) {
      case "earliest" -> EARLIEST;
      case "latest" -> LATEST;
      default -> new Start(text, Optional.of(instant(text)));
    };
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("no time", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
