package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.Account;
import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.History.Keep;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Quarantined rows that are taken in later, by a rule that was corrected. */
class ReplayTest {
  private static final int SEEDS = 60;

  @TempDir Path folder;

  @ParameterizedTest
  @Tag("all")
  @EnumSource(Keep.class)
  void silverIsAsIfTheCorrectedRuleHadBeenThereFromTheStart(Keep keep) {
    List<String> files = Visitors.files(SEEDS, 2);
    CleanFixture expected = new CleanFixture(folder.resolve("expected"));
    CleanFixture fixture = new CleanFixture(folder.resolve("found"));
    for (int i = 0; i < files.size(); i++) {
      Visitors.land(expected, i + ".csv", files.get(i));
      Visitors.land(fixture, i + ".csv", files.get(i));
      fixture.run(Visitors.wrong(keep));
    }
    expected.run(Visitors.corrected(keep));
    long before = Visitors.open(fixture).size();
    assertThat(before).isGreaterThan(Visitors.open(expected).size());
    assertThat(Visitors.rows(fixture, keep)).isNotEqualTo(Visitors.rows(expected, keep));

    BatchResult replay = fixture.replay(Visitors.corrected(keep));

    assertThat(replay.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(replay.account().read()).isEqualTo(before);
    assertThat(replay.account().balanced()).isTrue();
    assertThat(replay.account().quarantined()).isPositive().isLessThan(before);
    assertSame(fixture, expected, keep);

    long version = fixture.state(Visitors.QUARANTINE).version();
    assertThat(fixture.replay(Visitors.corrected(keep)).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(fixture.run(Visitors.corrected(keep)).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(fixture.state(Visitors.QUARANTINE).version()).isEqualTo(version);

    if (keep != Keep.SCD1) {
      fixture.rebuild(Visitors.corrected(keep));
      assertSame(fixture, expected, keep);
    }
  }

  private static void assertSame(CleanFixture fixture, CleanFixture expected, Keep keep) {
    assertThat(Visitors.rows(fixture, keep)).isEqualTo(Visitors.rows(expected, keep));
    assertThat(Visitors.open(fixture)).isEqualTo(Visitors.open(expected));
    assertThat(fixture.discrepancies(Visitors.SILVER)).isEmpty();
    if (keep != Keep.NONE) {
      assertThat(fixture.proved(Visitors.corrected(keep))).isTrue();
    }
  }

  private static BatchResult replay(CleanFixture fixture, Filter filter) {
    return fixture.replay(Visitors.correctedAndBounded(), filter, Decision.NONE, CommitSeam.DIRECT);
  }

  private static Filter rule(String name) {
    return Filter.of(Optional.of(name), Optional.empty());
  }

  /** A row that breaks a rule and one that comes too late; then a batch that is turned away. */
  private CleanFixture refused() {
    CleanFixture fixture = new CleanFixture(folder);
    Visitors.land(fixture, "a.csv", "('1', 'Delft', '1', '10', '2026-07-10 10:00:00', 'U')");
    fixture.run(Visitors.wrongAndBounded(100));
    Visitors.land(
        fixture,
        "b.csv",
        "('1', 'Atlantis', '2', '8', '2026-07-08 10:00:00', 'U')",
        "('1', 'Breda', '3', '3', '2026-07-03 10:00:00', 'U')",
        "('two', 'Gouda', '9', '10', '2026-07-10 10:00:00', 'U')");
    fixture.run(Visitors.wrongAndBounded(100));
    Visitors.land(fixture, "c.csv", "('3', 'Leiden', 'many', '10', '2026-07-10 10:00:00', 'U')");
    assertThat(fixture.run(Visitors.wrongAndBounded(50)).outcome()).isEqualTo(Outcome.HELD);
    fixture.run(Visitors.wrongAndBounded(50), CleanFixture.reject());
    return fixture;
  }

  @Test
  void lateAndRejectedRowsAreTakenInOnlyWhereSomebodyNamesThemAndARebuildKeepsThem() {
    CleanFixture fixture = refused();
    Instant later = CleanFixture.NOW.plusSeconds(1);
    assertThat(replay(fixture, Filter.of(Optional.empty(), Optional.of(later))).outcome())
        .isEqualTo(Outcome.UNCHANGED);
    assertThat(replay(fixture, rule("visits_type")).outcome()).isEqualTo(Outcome.UNCHANGED);

    BatchResult others = replay(fixture, Filter.ALL);
    assertThat(others.account()).isEqualTo(new Account(2, 0, 0, 1, 0, 0, 0, 1, 0));
    assertThat(Visitors.versions(fixture)).containsExactly("1 Atlantis 2 8 10", "1 Delft 1 10");

    assertThat(replay(fixture, rule("late")).account().applied()).isEqualTo(1);
    assertThat(replay(fixture, rule("rejected")).account().applied()).isEqualTo(1);
    List<String> expected =
        List.of("1 Atlantis 2 8 10", "1 Breda 3 3 8", "1 Delft 1 10", "3 Leiden 7 10");
    assertThat(Visitors.versions(fixture)).isEqualTo(expected);
    assertThat(fixture.ask(Visitors.QUARANTINE, "rules", "released_batch", "replays"))
        .containsExactly(
            "[WrappedArray(no_atlantis),5,WrappedArray(5)]",
            "[WrappedArray(late),6,WrappedArray(6)]",
            "[WrappedArray(id_type),null,WrappedArray(5)]",
            "[WrappedArray(rejected, visits_type),7,WrappedArray(7)]");
    assertThat(fixture.discrepancies(Visitors.SILVER)).isEmpty();

    for (int i = 0; i < 2; i++) {
      fixture.delete(Visitors.HISTORY, "city = 'Breda'");
      fixture.rebuild(
          Visitors.correctedAndBounded(), CleanFixture.accept("gate"), CommitSeam.DIRECT);
      assertThat(Visitors.versions(fixture)).isEqualTo(expected);
      assertThat(fixture.ask(Visitors.QUARANTINE, "rules", "released_batch", "replays"))
          .containsExactly(
              "[WrappedArray(late),6,WrappedArray(6)]",
              "[WrappedArray(id_type),null,WrappedArray(5)]",
              "[WrappedArray(rejected),7,WrappedArray(7)]");
      assertThat(fixture.discrepancies(Visitors.SILVER)).isEmpty();
    }
    assertThat(replay(fixture, Filter.ALL).outcome()).isEqualTo(Outcome.UNCHANGED);
  }
}
