package io.assay.silver.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.config.History.Keep;
import io.assay.config.History.Ties;
import io.assay.silver.history.NaiveHistory.Event;
import io.assay.silver.history.NaiveHistory.Operation;
import io.assay.silver.history.NaiveHistory.Rules;
import io.assay.silver.history.NaiveHistory.Truncate;
import io.assay.silver.history.Pack.Arrival;
import io.assay.silver.history.Pack.Cleared;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must hold of every history. Each feed has twins: tenants that get the same events in another
 * order, cut into batches in another way.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryInvariantsTest {
  private static final int FEEDS = 60;
  private static final int TWINS = 6;
  private static final int BATCHES = 3;

  private final Trial trial = new Trial(Keep.SCD2, Ties.LATEST, new Rules(true, true, true));
  private final Pack pack = pack(new Random(20261120));
  private HistoryFixture undisturbed;
  private Map<Integer, Set<String>> rows;

  @BeforeAll
  void feedATable(@TempDir Path folder) {
    undisturbed = trial.history(folder);
    trial.feed(undisturbed, pack);
    rows = trial.rows(undisturbed);
  }

  @Test
  void i1EveryOrderOfArrivalAndI2EverySplitIntoBatchesGiveTheSameTable() {
    for (int feed = 0; feed < FEEDS; feed++) {
      Set<String> first = withoutIdentity(rows.get(feed * TWINS));
      for (int twin = 1; twin < TWINS; twin++) {
        assertThat(withoutIdentity(rows.get(feed * TWINS + twin)))
            .as("feed %s", pack.feeds().get(feed * TWINS + twin))
            .isEqualTo(first);
      }
    }
  }

  @Test
  void i3EveryRepetitionGivesTheSameTableAndCommitsNothing() {
    List<Long> versions = undisturbed.versions();
    List<Row> all = all();
    Collections.shuffle(all, new Random(3));
    List<List<Row>> repetitions =
        List.of(pack.rows(0, true), all.subList(0, all.size() / 2), List.of(all.get(0)), all);
    for (List<Row> repeated : repetitions) {
      assertThat(undisturbed.run(repeated))
          .isEqualTo(new Counts(0, 0, 0, repeated.size(), 0, 0, 0));
    }
    assertThat(undisturbed.versions()).isEqualTo(versions);
  }

  @Test
  void i4VersionsOfAKeyDoNotOverlapAndThoseThatTouchDiffer() {
    Map<String, List<Row>> byKey =
        undisturbed.stored().collectAsList().stream()
            .collect(Collectors.groupingBy(row -> row.get(0) + "|" + row.get(1)));
    assertThat(byKey).hasSizeGreaterThan(FEEDS);
    for (List<Row> versions : byKey.values()) {
      versions.sort(Comparator.comparing(HistoryInvariantsTest::start));
      for (int i = 1; i < versions.size(); i++) {
        Row before = versions.get(i - 1);
        Row after = versions.get(i);
        assertThat(before.<Row>getAs("_end_sequence")).as("%s then %s", before, after).isNotNull();
        assertThat(place(before.getAs("_end_sequence"))).isLessThanOrEqualTo(start(after));
        assertThat(before.<Integer>getAs("valid_to"))
            .isBetween(before.getAs("valid_from"), after.<Integer>getAs("valid_from"));
        if (place(before.getAs("_end_sequence")) == start(after)) {
          assertThat(tracked(before)).isNotEqualTo(tracked(after));
        }
      }
    }
  }

  @Test
  void i5ACrashAtAnyCommitGivesTheSameTable(@TempDir Path folder) {
    HistoryFixture crashing = trial.history(folder);
    for (int batch = 0; batch < pack.batches(); batch++) {
      List<Row> events = pack.rows(batch, true);
      Intent intent = crashing.intent();
      // Every step is where some batch stops; each attempt begins at the beginning.
      HistoryBatch crashed = crashing.attempt(intent);
      crashed.settle(crashing.accepted(events));
      List<BatchStep> steps = crashed.steps();
      steps.subList(0, batch % (steps.size() + 1)).forEach(step -> crashing.commit(intent, step));
      try (HistoryBatch again = crashing.attempt(intent)) {
        again.settle(crashing.accepted(events));
        again.steps().forEach(step -> crashing.commit(intent, step));
      }
    }
    assertThat(trial.rows(crashing)).isEqualTo(rows);
    assertThat(crashing.events().count()).isEqualTo(pack.distinct());
  }

  @Test
  void i6ARebuildInOneBatchGivesTheSameTableAndTheSameIdentities(@TempDir Path folder) {
    HistoryFixture rebuilt = trial.history(folder);
    rebuilt.run(all());
    assertThat(trial.rows(rebuilt)).isEqualTo(rows);
  }

  private List<Row> all() {
    List<Row> all = new ArrayList<>();
    for (int batch = 0; batch < pack.batches(); batch++) {
      all.addAll(pack.rows(batch, true));
    }
    return all;
  }

  private static Set<String> withoutIdentity(Set<String> rows) {
    return rows == null
        ? Set.of()
        : rows.stream()
            .map(row -> row.substring(0, row.lastIndexOf('|')))
            .collect(Collectors.toSet());
  }

  private static int start(Row version) {
    return place(version.getAs("_sequence"));
  }

  private static int place(Row sequence) {
    return 100 * sequence.getInt(0) + sequence.getInt(1);
  }

  private static List<Object> tracked(Row version) {
    List<Object> values = new ArrayList<>();
    values.add(version.getAs("name"));
    values.add(version.getAs("city"));
    return values;
  }

  private static Pack pack(Random random) {
    List<List<Arrival>> feeds = new ArrayList<>();
    for (int feed = 0; feed < FEEDS; feed++) {
      Map<String, Set<Event>> events = new HashMap<>();
      int count = 1 + random.nextInt(9);
      for (int i = 0; i < count; i++) {
        String user = random.nextBoolean() ? "a" : "b";
        events.computeIfAbsent(user, unused -> new HashSet<>()).add(event(random));
      }
      for (int twin = 0; twin < TWINS; twin++) {
        List<Arrival> arrivals = new ArrayList<>();
        events.forEach(
            (user, all) ->
                all.forEach(
                    event -> arrivals.add(new Arrival(user, random.nextInt(BATCHES), event))));
        Collections.shuffle(arrivals, random);
        feeds.add(arrivals);
      }
    }
    List<Cleared> truncates = new ArrayList<>();
    for (int batch = 0; batch < BATCHES; batch++) {
      truncates.add(
          new Cleared(
              batch,
              new Truncate(1 + random.nextInt(5), 9 + random.nextInt(3), 1 + random.nextInt(6))));
    }
    return new Pack(feeds, truncates);
  }

  private static Event event(Random random) {
    int dice = random.nextInt(10);
    Operation operation =
        dice == 0 ? Operation.PRESENT : dice < 3 ? Operation.DELETE : Operation.UPSERT;
    boolean silent = operation == Operation.PRESENT;
    return new Event(
        1 + random.nextInt(5),
        9 + random.nextInt(3),
        operation,
        silent || random.nextInt(4) == 0 ? null : random.nextBoolean() ? "x" : "y",
        silent || random.nextInt(4) == 0 ? null : random.nextBoolean() ? "p" : "q",
        1 + random.nextInt(6));
  }
}
