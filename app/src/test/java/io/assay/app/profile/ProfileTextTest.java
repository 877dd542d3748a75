package io.assay.app.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProfileTextTest {
  @Test
  void aNumberIsToldToSixDigitsAndNeverWithoutThoseBeforeThePoint() {
    assertThat(ProfileText.number(100.5)).isEqualTo("100.5");
    assertThat(ProfileText.number(2.0 / 3)).isEqualTo("0.666667");
    assertThat(ProfileText.number(0.000123456789)).isEqualTo("0.000123457");
    assertThat(ProfileText.number(17853.2713)).isEqualTo("17853.27");
    assertThat(ProfileText.number(-1234567.891)).isEqualTo("-1234567.89");
    assertThat(ProfileText.number(123456789)).isEqualTo("123456789");
    assertThat(ProfileText.number(1e300)).startsWith("1000000").hasSize(301);
    assertThat(ProfileText.number(0)).isEqualTo("0");
  }
}
