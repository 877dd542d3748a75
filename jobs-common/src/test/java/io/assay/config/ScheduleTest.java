package io.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hourly | 0 * * * *
          daily | 0 0 * * *
          15 6 * * mon-fri | 15 6 * * mon-fri
          */10  0-5,22 1-31/2 JAN,6 0-7 | */10 0-5,22 1-31/2 JAN,6 0-7
          """)
  void aScheduleIsAWordOrFiveFieldsOfCron(String text, String cron) {
    assertThat(Schedule.of(text)).isEqualTo(new Schedule(text, cron));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "often",
        "0 * * *",
        "0 * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "1,,2 * * * *",
        "mon * * * *",
        "-1 * * * *"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Schedule.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
