package io.assay.bronze.http;

import io.assay.config.HttpIncremental.Overlap;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The order of the values by which records are new: numbers, times, or else texts. */
final class FieldOrder {
  private FieldOrder() {}

  /** Compares two values; two numbers and two times as such. */
  static int compare(String left, String right) {
    Optional<BigDecimal> number = number(left);
    Optional<BigDecimal> other = number(right);
    if (number.isPresent() && other.isPresent()) {
      return number.get().compareTo(other.get());
    }
    Optional<Instant> time = time(left);
    Optional<Instant> otherTime = time(right);
    return time.isPresent() && otherTime.isPresent()
        ? time.get().compareTo(otherTime.get())
        : left.compareTo(right);
  }

  /**
   * Whether a value is a time that has not come.
   *
   * @param zone of times without one
   */
  static boolean isAhead(String value, Instant now, ZoneId zone) {
    return time(value, zone).filter(time -> time.isAfter(now)).isPresent();
  }

  /**
   * The value by so much earlier, written as it was.
   *
   * @throws AssayException with exit code 4 if that cannot be
   */
  static String minus(String value, Overlap overlap) {
    try {
      Optional<BigDecimal> number = number(overlap.text());
      if (number.isPresent()) {
        return new BigDecimal(value).subtract(number.get()).toPlainString();
      }
      return earlier(value, Duration.parse(overlap.text()));
    } catch (NumberFormatException | DateTimeException e) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "source.http.incremental: an overlap of %s cannot be taken off '%s'; times take a duration, numbers a number"
              .formatted(overlap, value),
          e);
    }
  }

  private static String earlier(String value, Duration overlap) {
    if (value.length() <= "2026-01-01".length()) {
      // Part of a day is a day, or nothing would be asked again.
      long days = overlap.plusDays(1).minusNanos(1).toDays();
      return LocalDate.parse(value).minusDays(days).toString();
    }
    String separator = value.substring(10, 11);
    String text = value.replaceFirst(" ", "T");
    String earlier =
        text.matches(".*(Z|[+-][0-9:]{4,6})")
            ? OffsetDateTime.parse(text)
                .minus(overlap)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
            : LocalDateTime.parse(text)
                .minus(overlap)
                .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    return earlier.replaceFirst("T", separator);
  }

  private static Optional<BigDecimal> number(String text) {
    return text.matches("-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]{1,3})?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  private static Optional<Instant> time(String text) {
    return time(text, ZoneOffset.UTC);
  }

  private static Optional<Instant> time(String text, ZoneId zone) {
    if (!text.matches("[+-]?[0-9]{4,9}-[0-9]{2}-[0-9]{2}.*")) {
      return Optional.empty();
    }
    String written = text.replaceFirst(" ", "T");
    try {
      if (written.indexOf('T') < 0) {
        return Optional.of(LocalDate.parse(written).atStartOfDay(zone).toInstant());
      }
      return Optional.of(
          written.matches(".*(Z|[+-][0-9:]{4,6})")
              ? OffsetDateTime.parse(written).toInstant()
              : LocalDateTime.parse(written).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
