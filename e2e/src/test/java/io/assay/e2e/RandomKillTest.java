package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/assay run} killed at random moments, wherever it is, and then run again. */
@Tag("deep")
class RandomKillTest {
  private static final int KILLS = 50;
  private static final long SEED = 20_261_120;

  @TempDir private Path temporary;

  @Test
  void aRunKilledAtARandomMomentLeavesTheSameTablesWhenItIsRepeated() throws Exception {
    SmallProject reference = SmallProject.in(temporary.resolve("reference"));
    reference.laterDays();
    Instant start = Instant.now();
    Process undisturbed = AssayProcess.launched(reference);
    assertThat(undisturbed.waitFor()).isZero();
    Duration whole = Duration.between(start, Instant.now());
    Map<String, List<String>> expected = KilledProject.tables(reference);

    Random random = new Random(SEED);
    AtomicInteger unfinished = new AtomicInteger();
    List<Callable<String>> trials = new ArrayList<>();
    for (int i = 0; i < KILLS; i++) {
      String name = "kill" + i;
      // Two run at once, so each takes longer than the one that was measured alone.
      long delay = (long) (whole.toMillis() * (0.3 + 1.2 * random.nextDouble()));
      trials.add(() -> trial(name, delay, expected, unfinished));
    }
    assertThat(KilledProject.failures(trials)).isEmpty();
    assertThat(unfinished.get()).as("runs that were killed at work").isGreaterThan(KILLS / 4);
  }

  private String trial(
      String name, long delay, Map<String, List<String>> expected, AtomicInteger unfinished)
      throws Exception {
    DeltaLog.clearCache();
    SmallProject project = SmallProject.in(temporary.resolve(name));
    project.laterDays();
    Process process = AssayProcess.launched(project);
    boolean ended = process.waitFor(delay, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    if (!ended && Files.exists(project.warehouse())) {
      unfinished.incrementAndGet();
    }
    KilledProject.run(project, job -> true);
    Map<String, List<String>> found = KilledProject.tables(project);
    return found.equals(expected)
        ? ""
        : "%s, killed after %d ms: expected%n%s%nand found%n%s"
            .formatted(name, delay, expected, found);
  }
}
