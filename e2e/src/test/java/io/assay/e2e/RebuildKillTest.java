package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.FaultInjection;
import io.assay.e2e.AssayProcess.ClassArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rebuild that is halted at one of its commits, as by a power cut, and repeated: the tables must
 * be those of a rebuild that was never disturbed.
 */
class RebuildKillTest {
  private static final String TABLE = "silver.customers";

  @TempDir private Path temporary;

  @Test
  @Tag("deep")
  void aRebuildHaltedAtAnyCommitLeavesTheSameTablesWhenItIsRepeated() throws Exception {
    SmallProject project = SmallProject.in(temporary.resolve("project"));
    changed(project);
    project.keepWarehouse(start());
    Path log = temporary.resolve("commits.txt");
    AssayProcess.Ended undisturbed =
        AssayProcess.run(
            project,
            Map.of(FaultInjection.COMMIT_LOG, log.toString()),
            ClassArchive.make(archive()),
            "rebuild",
            TABLE,
            "--apply");
    assertThat(undisturbed.status()).as(undisturbed.text()).isZero();
    assertThat(undisturbed.text()).contains("rebuilt from what 3 batches had read");
    KilledProject.run(project, job -> true);
    Map<String, List<String>> expected = KilledProject.tables(project);
    assertThat(expected.get("silver.customers").toString()).contains("HULL");

    int trials = 0;
    for (String point : new LinkedHashSet<>(Files.readAllLines(log))) {
      for (String moment : List.of(":before", ":after")) {
        boolean byRebuild = trials++ % 2 == 0;
        assertThat(trial(project, point + moment, byRebuild, expected)).isEmpty();
      }
    }
    assertThat(trials).isGreaterThan(2);
  }

  private Path archive() {
    return temporary.resolve("classes.jsa");
  }

  /** The warehouse that each rebuild begins with. */
  private Path start() {
    return temporary.resolve("start");
  }

  /** A project that was run, and whose dataset then took its columns in another way. */
  private static void changed(SmallProject project) throws Exception {
    project.laterDays();
    KilledProject.run(project, job -> true);
    Path pipeline = project.folder().resolve("datasets/customers/pipeline.yaml");
    Files.writeString(pipeline, Files.readString(pipeline) + "columns: {city: upper(city)}\n");
  }

  /**
   * Halts a rebuild, repeats it (or lets a normal run complete it), and compares; says what is
   * wrong, or nothing.
   */
  private String trial(
      SmallProject project, String place, boolean byRebuild, Map<String, List<String>> expected)
      throws Exception {
    // The tables were others a moment ago, and Delta would remember them.
    DeltaLog.clearCache();
    project.restoreWarehouse(start());
    AssayProcess.Ended halted =
        AssayProcess.run(
            project,
            Map.of(FaultInjection.CRASH_AT, place),
            ClassArchive.use(archive()),
            "rebuild",
            TABLE,
            "--apply");
    if (halted.status() != FaultInjection.HALTED) {
      return place + ": ended with " + halted.status() + "\n" + halted.text();
    }
    if (!byRebuild) {
      KilledProject.run(project, job -> true);
    }
    AssayProcess.Ended repeated =
        AssayProcess.run(
            project, Map.of(), ClassArchive.use(archive()), "rebuild", TABLE, "--apply");
    if (repeated.status() != 0) {
      return place + ": the repeated rebuild ended with " + repeated.text();
    }
    KilledProject.run(project, job -> true);
    Map<String, List<String>> found = KilledProject.tables(project);
    return found.equals(expected)
        ? ""
        : place + ": expected\n" + expected + "\nand found\n" + found;
  }
}
