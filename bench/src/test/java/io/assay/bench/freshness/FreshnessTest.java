package io.assay.bench.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreshnessTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final SentEvents sent = new SentEvents(10);
  private final TurnTimes noTurn = new TurnTimes(Map.of());

  FreshnessTest() {
    for (int second = 0; second < 10; second++) {
      sent.add(second % 2, START.plusSeconds(second));
    }
  }

  /** Ten events, one a second, to two lanes by turns; the versions are seen at these seconds. */
  private static ReadableEvents readable(List<long[]> newest, int... seconds) {
    List<Instant> seen = new ArrayList<>();
    for (int second : seconds) {
      seen.add(START.plusSeconds(second));
    }
    return new ReadableEvents(new TableContent(newest), seen);
  }

  @Test
  void anEventIsAsOldAsTheFirstVersionThatHoldsItWhenItWasSeen() {
    ReadableEvents silver =
        readable(
            List.of(
                new long[] {-1, -1},
                new long[] {4, 3},
                new long[] {4, 7},
                new long[] {8, 7},
                new long[] {8, 9}),
            1,
            6,
            10,
            11,
            15);

    assertThat(silver.ages(sent, 0)).containsExactly(6, 5, 4, 3, 2, 5, 5, 3, 3, 6);
    assertThat(silver.ages(sent, 5)).containsExactly(5, 5, 3, 3, 6);
    assertThat(silver.versions(sent, 0)).isEqualTo(4);
  }

  @Test
  void whatWasNeverReadableIsNotMeasured() {
    ReadableEvents silver = readable(List.of(new long[] {8, 7}), 12);

    assertThatThrownBy(() -> silver.ages(sent, 0)).hasMessageContaining("event 9");
  }

  @Test
  void percentilesAreAgesOfEventsAndTheWarmUpIsLeftOut() {
    ReadableEvents bronze = readable(List.of(new long[] {8, 9}), 10);
    ReadableEvents silver = readable(List.of(new long[] {8, 9}), 12);

    Freshness freshness = Freshness.of(Scenario.ROWS, 1, sent, 1, bronze, silver, noTurn);

    assertThat(freshness.events()).isEqualTo(9);
    assertThat(freshness.sent()).isEqualTo(1);
    assertThat(freshness.bronze()).isEqualTo(5);
    assertThat(freshness.median()).isEqualTo(7);
    assertThat(freshness.p95()).isEqualTo(11);
    assertThat(freshness.most()).isEqualTo(11);
    assertThat(freshness.begin()).isEqualTo(10);
    assertThat(freshness.end()).isEqualTo(4);
    assertThat(freshness.batches()).isEqualTo(1);
  }
}
