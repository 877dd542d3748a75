package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.config.History.Keep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A replay that is halted at one of its commits, and completed by whatever comes next. */
class ReplayHaltTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Keep.class,
      names = {"NONE", "SCD2"})
  void aReplayHaltedAfterAnyCommitIsCompletedByTheNextRunOrReplay(Keep keep) throws IOException {
    Path start = folder.resolve("start");
    refused(start, keep);
    CleanFixture undisturbed = copied(start, "undisturbed");
    List<String> steps = new ArrayList<>();
    CommitSeam recorder =
        (point, commit) -> {
          commit.run();
          steps.add(point.step());
        };
    undisturbed.replay(Visitors.corrected(keep), Filter.ALL, Decision.NONE, recorder);
    assertThat(steps)
        .containsExactlyElementsOf(
            keep == Keep.NONE
                ? List.of("INTENT", "QUARANTINE", "SILVER", "METRICS", "DONE")
                : List.of("INTENT", "QUARANTINE", "EVENTS", "HISTORY", "METRICS", "DONE"));
    assertThat(Visitors.rows(undisturbed, keep).toString()).contains("Atlantis", "7");

    // What is alike with and without a history is halted once.
    for (String step : keep == Keep.NONE ? List.of("QUARANTINE", "SILVER") : steps) {
      CleanFixture fixture = copied(start, step);
      halt(fixture, keep, step);
      // The rules of then complete what was begun, whatever they are now.
      boolean byRun = steps.indexOf(step) % 2 == 0;
      if (byRun) {
        fixture.run(Visitors.wrong(keep));
      }
      fixture.replay(Visitors.corrected(keep));
      assertThat(Visitors.rows(fixture, keep)).as(step).isEqualTo(Visitors.rows(undisturbed, keep));
      assertThat(Visitors.open(fixture)).as(step).isEqualTo(Visitors.open(undisturbed));
      assertThat(fixture.discrepancies(Visitors.SILVER)).as(step).isEmpty();
    }
  }

  /** Three rows in quarantine, of which a replay takes two. */
  private static void refused(Path start, Keep keep) {
    CleanFixture fixture = new CleanFixture(start);
    Visitors.land(
        fixture,
        "a.csv",
        "('1', 'Delft', '1', '1', '2026-07-01 10:00:00', 'U')",
        "('1', 'Atlantis', '2', '2', '2026-07-02 10:00:00', 'U')",
        "('1', 'Gouda', 'many', '3', '2026-07-03 10:00:00', 'U')",
        "('two', 'Breda', '4', '4', '2026-07-04 10:00:00', 'U')",
        "('1', 'Delft', '5', '5', '2026-07-05 10:00:00', 'U')");
    fixture.run(Visitors.wrong(keep));
    assertThat(Visitors.open(fixture)).hasSize(3);
  }

  private static void halt(CleanFixture fixture, Keep keep, String step) {
    CommitSeam halting =
        (point, commit) -> {
          commit.run();
          if (point.step().equals(step)) {
            throw new IllegalStateException("halted after " + step);
          }
        };
    assertThatThrownBy(
            () -> fixture.replay(Visitors.corrected(keep), Filter.ALL, Decision.NONE, halting))
        .hasMessage("halted after " + step);
    assertThat(fixture.ledger(Visitors.SILVER).lastDone().orElseThrow().intent().batch())
        .isEqualTo(step.equals("DONE") ? 2 : 1);
  }

  private CleanFixture copied(Path start, String name) throws IOException {
    Path copy = folder.resolve("copy-" + name);
    FileUtils.copyDirectory(start.toFile(), copy.toFile());
    return new CleanFixture(copy);
  }
}
