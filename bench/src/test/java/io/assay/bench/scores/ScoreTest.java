package io.assay.bench.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static final Cell FOUND = new Cell("1", "city");
  private static final Cell MISSED = new Cell("2", "city");
  private static final Cell ANOTHER_MISSED = new Cell("1", "state");
  private static final Cell FALSE_ALARM = new Cell("3", "city");

  @Test
  void aScoreCountsWhatIsWrongWhatIsFlaggedAndWhatIsBoth() {
    Score score = Score.of(Set.of(FOUND, MISSED, ANOTHER_MISSED), Set.of(FOUND, FALSE_ALARM));

    assertThat(score).isEqualTo(new Score(3, 2, 1));
    assertThat(score.precision()).hasValue(1.0 / 2);
    assertThat(score.recall()).hasValue(1.0 / 3);
    assertThat(score.f1().orElseThrow()).isCloseTo(2 * (0.5 / 3) / (0.5 + 1.0 / 3), within(1e-12));
  }

  @Test
  void aPerfectScoreIsOne() {
    Score score = Score.of(Set.of(FOUND, MISSED), Set.of(MISSED, FOUND));

    assertThat(score.precision()).hasValue(1);
    assertThat(score.recall()).hasValue(1);
    assertThat(score.f1()).hasValue(1);
  }

  @Test
  void aShareOfNothingIsEmptyAndNotZero() {
    Score nothingFlagged = Score.of(Set.of(MISSED), Set.of());
    assertThat(nothingFlagged.precision()).isEmpty();
    assertThat(nothingFlagged.recall()).hasValue(0);
    assertThat(nothingFlagged.f1()).hasValue(0);

    Score nothingWrong = Score.of(Set.of(), Set.of(FALSE_ALARM));
    assertThat(nothingWrong.precision()).hasValue(0);
    assertThat(nothingWrong.recall()).isEmpty();
    assertThat(nothingWrong.f1()).hasValue(0);

    Score neither = Score.of(Set.of(), Set.of());
    assertThat(neither.precision()).isEmpty();
    assertThat(neither.recall()).isEmpty();
    assertThat(neither.f1()).isEmpty();
  }
}
