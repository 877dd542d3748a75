package io.assay.bronze.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In Berlin 2025 clocks went forward on 30 March at 01:00Z, and back on 26 October at 01:00Z. */
class LocalTimesTest {
  private final LocalTimes berlin = new LocalTimes(ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "2025-07-01T10:00:00Z, 2025-07-01T12:00",
    "2025-10-25T23:59:00Z, 2025-10-26T01:59",
    "2025-10-26T00:00:00Z, 2025-10-26T02:00",
    "2025-10-26T00:59:59Z, 2025-10-26T02:00",
    "2025-10-26T01:00:00Z, 2025-10-26T02:00",
    "2025-10-26T01:30:00Z, 2025-10-26T02:30",
    "2025-10-26T02:30:00Z, 2025-10-26T03:30",
    "2025-03-30T00:59:00Z, 2025-03-30T01:59",
    "2025-03-30T01:00:00Z, 2025-03-30T03:00"
  })
  void theEarliestTimeToComeStandsStillUntilTheHourHasComeAgain(
      Instant moment, LocalDateTime earliest) {
    assertThat(berlin.earliestFrom(moment)).isEqualTo(earliest);
  }

  @Test
  void noRowThatIsWrittenLaterHasAnEarlierTime() {
    Instant start = Instant.parse("2025-10-25T20:00:00Z");
    for (int minute = 0; minute < 600; minute++) {
      Instant now = start.plus(Duration.ofMinutes(minute));
      for (int later = minute; later < 600; later++) {
        LocalDateTime written =
            LocalDateTime.ofInstant(start.plus(Duration.ofMinutes(later)), berlin.zone());
        assertThat(written).isAfterOrEqualTo(berlin.earliestFrom(now));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2025-03-30 03:02:00.123456, PT10M, PT1H",
    "2025-03-30 03:02:00, PT1M, PT0S",
    "2025-03-30 04:00:00, PT2H, PT1H",
    "2025-10-26 02:30:00, PT1H, PT0S",
    "2025-10-26 03:05:00, PT2H, PT0S",
    "-infinity, PT2H, PT0S",
    "0000-00-00 00:00:00, PT2H, PT0S"
  })
  void timeThatWasLeftOutIsToldWhereItLiesInTheOverlap(
      String time, Duration overlap, Duration leftOut) {
    assertThat(berlin.leftOut(time, overlap)).isEqualTo(leftOut);
    assertThat(new LocalTimes(ZoneOffset.UTC).leftOut(time, overlap)).isZero();
  }
}
