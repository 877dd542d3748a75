package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.FaultInjection;
import io.assay.e2e.AssayProcess.ClassArchive;
import io.assay.table.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is halted at a commit, as by a power cut, and the run is repeated: the tables must be
 * those of a run that was never disturbed. The list of commits is not written here; a run that logs
 * them makes it. {@link PowerCutTest} does the same without a process for each commit, and for the
 * batches before the last.
 */
class KillTest {
  @TempDir private Path temporary;

  @Test
  @Tag("all")
  void aRunHaltedAroundTheCommitsOfAHistoryLeavesTheSameTablesWhenItIsRepeated() throws Exception {
    killAtEach(KillTest::isOfTheHistory);
  }

  @Test
  @Tag("deep")
  void aRunHaltedAtAnyOtherCommitLeavesTheSameTablesWhenItIsRepeated() throws Exception {
    killAtEach(point -> !isOfTheHistory(point));
  }

  private static boolean isOfTheHistory(String point) {
    return point.matches("silver\\.customers/(EVENTS|HISTORY)");
  }

  private void killAtEach(Predicate<String> which) throws Exception {
    SmallProject reference = SmallProject.in(temporary.resolve("reference"));
    reference.laterDays();
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
    assertThat(Files.readAllLines(log))
        .as("a first batch, one in order, one late")
        .filteredOn("silver.customers/HISTORY"::equals)
        .hasSize(3);

    Map<TableName, Map<String, Integer>> points = new TreeMap<>();
    Files.readAllLines(log).stream()
        .filter(which)
        .forEach(
            point ->
                points
                    .computeIfAbsent(table(point), t -> new LinkedHashMap<>())
                    .merge(point, 1, Integer::sum));
    assertThat(points.values().stream().mapToInt(Map::size).sum()).isGreaterThan(1);
    assertThat(
            KilledProject.failures(
                List.of(
                    () -> killAtEach(points, 0, expected), () -> killAtEach(points, 1, expected))))
        .isEmpty();
  }

  private static TableName table(String point) {
    return TableName.of(point.substring(0, point.indexOf('/')));
  }

  private Path archive() {
    return temporary.resolve("classes.jsa");
  }

  /**
   * Runs what each table's job reads from, once, and from there halts a process at each of the
   * job's commits; says what is wrong, or nothing.
   *
   * @param points each with how often it comes: a process is halted at the last, which for
   *     customers is in the batch with late events that cut a stored version
   * @param lane 0 or 1: both go on at once, each with every other place, in a project of its own
   */
  private String killAtEach(
      Map<TableName, Map<String, Integer>> points, int lane, Map<String, List<String>> expected)
      throws Exception {
    List<String> failures = new ArrayList<>();
    for (TableName table : points.keySet()) {
      Path folder = temporary.resolve(table + "-" + lane);
      SmallProject project = SmallProject.in(folder.resolve("project"));
      project.laterDays();
      KilledProject.run(project, job -> !job.table().equals(table), "+" + table);
      project.keepWarehouse(folder.resolve("start"));
      List<String> places = places(points.get(table));
      for (int place = lane; place < places.size(); place += 2) {
        // The tables were others a moment ago, and Delta would remember them.
        DeltaLog.clearCache();
        project.restoreWarehouse(folder.resolve("start"));
        failures.add(trial(project, table, places.get(place), expected));
      }
    }
    return String.join("", failures);
  }

  /** Before the first commit, and after each: after one is before the next. */
  private static List<String> places(Map<String, Integer> points) {
    List<String> places = new ArrayList<>();
    points.forEach(
        (point, times) -> {
          if (places.isEmpty()) {
            places.add(point + ":before:" + times);
          }
          places.add(point + ":after:" + times);
        });
    return places;
  }

  /** Halts a process, repeats everything and compares; says what is wrong, or nothing. */
  private String trial(
      SmallProject project, TableName table, String place, Map<String, List<String>> expected)
      throws Exception {
    AssayProcess.Ended halted =
        AssayProcess.run(
            project,
            Map.of(FaultInjection.CRASH_AT, place),
            ClassArchive.use(archive()),
            table.layer().label(),
            table.name());
    if (halted.status() != FaultInjection.HALTED) {
      return place + ": ended with " + halted.status() + "\n" + halted.text();
    }
    return KilledProject.repeat(project, place, expected);
  }
}
