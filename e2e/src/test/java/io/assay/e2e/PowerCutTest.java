package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk as it is at each commit of a run is what a power cut there leaves: the run is repeated
 * from each, and the tables must be those of a run that was never disturbed. One process makes all
 * these disks, so this is done for every commit but those that {@link KillTest} halts a process at.
 */
@Tag("all")
class PowerCutTest {
  @TempDir private Path temporary;

  @Test
  void aRunCutOffAtAnyOtherCommitLeavesTheSameTablesWhenItIsRepeated() throws Exception {
    // A warehouse knows its path, so each lane has a project of its own.
    assertThat(KilledProject.failures(List.of(() -> repeatFromEach(0), () -> repeatFromEach(1))))
        .isEmpty();
  }

  /**
   * Says what is wrong, or nothing.
   *
   * @param lane 0 or 1, each with every other place
   */
  private String repeatFromEach(int lane) throws Exception {
    Path folder = temporary.resolve("lane-" + lane);
    SmallProject project = SmallProject.in(folder.resolve("project"));
    project.laterDays();
    Path copies = folder.resolve("copies");
    AssayProcess.Ended recorded = AssayProcess.test(project, CommitRecorder.class, copies);
    assertThat(recorded.status()).as(recorded.text()).isZero();
    Map<String, List<String>> expected = KilledProject.tables(project);
    assertThat(expected)
        .containsKeys("silver.customers_history", "gold.daily", "quarantine.events");
    assertThat(expected.get("states of silver.events")).hasSize(2);

    List<Path> places = places(copies);
    assertThat(places)
        .hasSizeGreaterThan(10)
        .anyMatch(place -> place.toString().contains("silver.events STATES"));
    List<String> failures = new ArrayList<>();
    for (int i = lane; i < places.size(); i += 2) {
      Path place = places.get(i);
      // The tables were others a moment ago, and Delta would remember them.
      DeltaLog.clearCache();
      project.restoreWarehouse(place);
      failures.add(KilledProject.repeat(project, place.getFileName().toString(), expected));
    }
    return String.join("", failures);
  }

  /**
   * The first place behind each kind of commit, which is before the next; the last of the table
   * that is judged as a whole, where states of an earlier batch are added to, and of the history,
   * where a late event cuts a stored version. At the history's own commits of that batch {@link
   * KillTest} halts; here they are those of the batches before. The ledger's own commits are alike
   * for all tables, so they are those of the history.
   */
  private static List<Path> places(Path copies) throws IOException {
    Map<String, List<Path>> kinds = new TreeMap<>();
    try (Stream<Path> all = Files.list(copies)) {
      all.filter(copy -> copy.getFileName().toString().endsWith(" after"))
          .sorted()
          .forEach(
              copy -> {
                String name = copy.getFileName().toString();
                String kind = name.substring(name.indexOf(' ') + 1);
                kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(copy);
              });
    }
    List<Path> places = new ArrayList<>();
    kinds.forEach(
        (kind, found) -> {
          int last = found.size() - 1;
          if (kind.matches("(?!silver.customers ).* (INTENT|METRICS|DONE) after")) {
            return;
          }
          if (kind.matches("silver.customers (EVENTS|HISTORY) after")) {
            places.addAll(found.subList(0, last));
          } else {
            places.add(found.get(kind.matches("silver.(events|customers) .*") ? last : 0));
          }
        });
    return places;
  }
}
