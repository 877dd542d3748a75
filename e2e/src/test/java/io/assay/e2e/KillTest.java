package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.FaultInjection;
import io.assay.e2e.AssayProcess.ClassArchive;
import io.assay.table.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is halted at a commit, as by a power cut, and the run is repeated: the tables must be
 * those of a run that was never disturbed. The list of commits is not written here; a run that logs
 * them makes it.
 */
class KillTest {
  @TempDir private Path temporary;

  /** One crash: where, and when, as in {@code silver.customers/EVENTS:before}. */
  private record Crash(String place) {
    String folderName() {
      return place.replaceAll("[/:]", "_");
    }

    TableName table() {
      return TableName.of(place.substring(0, place.indexOf('/')));
    }
  }

  @Test
  void aRunHaltedAtTheCommitsOfOneTableLeavesTheSameTablesWhenItIsRepeated() throws Exception {
    killAtEach(KillTest::isOfOneTable);
  }

  @Test
  @Tag("all")
  void aRunHaltedAtAnyOtherCommitLeavesTheSameTablesWhenItIsRepeated() throws Exception {
    killAtEach(point -> !isOfOneTable(point));
  }

  private static boolean isOfOneTable(String point) {
    return point.startsWith("silver.customers/");
  }

  private void killAtEach(Predicate<String> which) throws Exception {
    SmallProject reference = SmallProject.in(temporary.resolve("reference"));
    reference.secondDay();
    Path log = temporary.resolve("commits.txt");
    AssayProcess.Ended undisturbed =
        AssayProcess.run(
            reference,
            Map.of(FaultInjection.COMMIT_LOG, log.toString()),
            ClassArchive.make(archive()),
            "run",
            "--parallel",
            "1");
    assertThat(undisturbed.status()).as(undisturbed.text()).isZero();
    Map<String, List<String>> expected = KilledProject.tables(reference);
    assertThat(expected)
        .containsKeys("silver.customers_history", "gold.daily", "quarantine.events");

    List<Callable<String>> trials = new ArrayList<>();
    for (String point : new LinkedHashSet<>(Files.readAllLines(log))) {
      if (which.test(point)) {
        trials.add(() -> trial(new Crash(point + ":before"), expected));
        trials.add(() -> trial(new Crash(point + ":after"), expected));
      }
    }
    assertThat(trials).hasSizeGreaterThan(6);
    assertThat(KilledProject.failures(trials)).isEmpty();
  }

  private Path archive() {
    return temporary.resolve("classes.jsa");
  }

  /**
   * Runs what the crashing job reads from, crashes it in a process of its own, repeats everything
   * and compares; says what is wrong, or nothing.
   */
  private String trial(Crash crash, Map<String, List<String>> expected) throws Exception {
    // Every trial has tables of its own, and Delta would remember those of all of them.
    DeltaLog.clearCache();
    SmallProject project = SmallProject.in(temporary.resolve(crash.folderName()));
    project.secondDay();
    KilledProject.run(project, job -> !job.table().equals(crash.table()), "+" + crash.table());
    AssayProcess.Ended halted =
        AssayProcess.run(
            project,
            Map.of(FaultInjection.CRASH_AT, crash.place()),
            ClassArchive.use(archive()),
            crash.table().layer().label(),
            crash.table().name());
    if (halted.status() != FaultInjection.HALTED) {
      return crash.place() + ": ended with " + halted.status() + "\n" + halted.text();
    }
    KilledProject.run(project, job -> true);
    Map<String, List<String>> repeated = KilledProject.tables(project);
    if (!repeated.equals(expected)) {
      return crash.place() + ": expected\n" + expected + "\nand found\n" + repeated;
    }
    Map<String, Integer> commits = project.commits();
    KilledProject.run(project, job -> true);
    return project.commits().equals(commits)
        ? ""
        : crash.place() + ": a further run committed\n" + commits + "\n" + project.commits();
  }
}
