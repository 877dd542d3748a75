package io.assay.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header Retry-After (RFC 9110, section 10.2.3): seconds, or a date. */
final class RetryAfter {
  private RetryAfter() {}

  /**
   * How long an API asks to be left alone; empty if it does not say so, or not understandably. A
   * date is compared with the API's own clock if it tells it.
   */
  static Optional<Duration> of(Answer<?> answer) {
    String value = answer.header("Retry-After");
    if (value == null) {
      return Optional.empty();
    }
    if (value.strip().matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value.strip())));
    }
    Instant now = date(answer.header("Date")).orElse(answer.at());
    return date(value)
        .map(until -> Duration.between(now, until))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Optional<Instant> date(String value) {
    try {
      return Optional.ofNullable(value)
          .map(
              text ->
                  ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                      .toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
