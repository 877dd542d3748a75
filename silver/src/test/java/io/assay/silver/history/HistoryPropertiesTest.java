package io.assay.silver.history;

import static io.assay.silver.history.HistoryFixture.column;
import static io.assay.silver.history.HistoryFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.History;
import io.assay.config.History.Keep;
import io.assay.config.History.Track;
import io.assay.silver.history.NaiveHistory.Event;
import io.assay.silver.history.NaiveHistory.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Random feeds against {@link NaiveHistory}. Many feeds share a table: a tenant prefixes the key.
 * So a failure is not shrunk by running again; of the feeds that failed the shortest is shown.
 */
class HistoryPropertiesTest {
  private static final int BATCHES = 3;
  private static final int FEEDS = 350;
  private static final Track WITHOUT_CITY = new Track(List.of(), List.of("city"));

  /** An event of one of a feed's two keys, in one of its batches. */
  record Arrival(String user, int batch, Event event) {}

  @Property(tries = 1, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void versionsAreWhatTheDefinitionSays(@ForAll("feeds") List<List<Arrival>> feeds)
      throws IOException {
    compare(feeds, Keep.SCD2, Track.ALL, false);
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void versionsWithUntrackedColumnsAndAValidTimeOfTheirOwnAreWhatTheDefinitionSays(
      @ForAll("feeds") List<List<Arrival>> feeds) throws IOException {
    compare(feeds, Keep.SCD2, WITHOUT_CITY, true);
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void currentRowsAreWhatTheDefinitionSays(@ForAll("feeds") List<List<Arrival>> feeds)
      throws IOException {
    compare(feeds, Keep.SCD1, Track.ALL, true);
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Tag("deep")
  void manyMoreFeedsAreWhatTheDefinitionSays(@ForAll("feeds") List<List<Arrival>> feeds)
      throws IOException {
    compare(feeds, Keep.SCD2, Track.ALL, false);
    compare(feeds, Keep.SCD2, WITHOUT_CITY, true);
    compare(feeds, Keep.SCD1, Track.ALL, true);
  }

  @Provide
  Arbitrary<List<List<Arrival>>> feeds() {
    Arbitrary<Event> events =
        Combinators.combine(
                Arbitraries.integers().between(1, 5),
                Arbitraries.integers().between(9, 11),
                Arbitraries.integers().between(1, 5).map(dice -> dice == 1),
                Arbitraries.of("x", "y").injectNull(0.2),
                Arbitraries.of("p", "q").injectNull(0.2),
                Arbitraries.integers().between(1, 6))
            .as(Event::new);
    return Combinators.combine(
            Arbitraries.of("a", "b"), Arbitraries.integers().between(0, BATCHES - 1), events)
        .as(Arrival::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(HistoryPropertiesTest::withRepeats)
        .list()
        .ofSize(FEEDS);
  }

  /** Some events come again, in the same or a later batch. */
  private static List<Arrival> withRepeats(List<Arrival> feed) {
    List<Arrival> repeated = new ArrayList<>(feed);
    for (int i = 0; i < feed.size(); i += 3) {
      Arrival arrival = feed.get(i);
      repeated.add(
          new Arrival(arrival.user, Math.min(arrival.batch + i % 2, BATCHES - 1), arrival.event));
    }
    return repeated;
  }

  private void compare(List<List<Arrival>> feeds, Keep keep, Track track, boolean timed)
      throws IOException {
    Path folder = Files.createTempDirectory("history");
    try {
      HistoryFixture history = history(folder, keep, track, timed);
      for (int batch = 0; batch < BATCHES; batch++) {
        List<Row> rows = rows(feeds, batch, timed);
        Counts counts = history.run(rows);
        assertThat(counts.applied() + counts.unchanged() + counts.superseded() + counts.duplicate())
            .isEqualTo(rows.size());
      }
      assertThat(history.events().count()).isEqualTo(distinct(feeds));
      Map<Integer, Set<String>> actual = actual(history, keep);
      List<Integer> wrong = new ArrayList<>();
      for (int tenant = 0; tenant < feeds.size(); tenant++) {
        Set<String> expected = expected(tenant, feeds.get(tenant), keep, track, timed);
        if (!expected.equals(actual.getOrDefault(tenant, Set.of()))) {
          wrong.add(tenant);
        }
      }
      wrong.stream()
          .min(Comparator.comparing(tenant -> feeds.get(tenant).size()))
          .ifPresent(
              tenant ->
                  assertThat(actual.getOrDefault(tenant, Set.of()))
                      .as(
                          "%s of %s feeds are wrong, such as %s",
                          wrong.size(), feeds.size(), feeds.get(tenant))
                      .isEqualTo(expected(tenant, feeds.get(tenant), keep, track, timed)));
      assertThat(history.prove().holds()).isTrue();
    } finally {
      org.apache.hadoop.fs.FileUtil.fullyDelete(folder.toFile());
    }
  }

  private static HistoryFixture history(Path folder, Keep keep, Track track, boolean timed) {
    return new HistoryFixture(
        folder,
        new History(
            keep,
            List.of("major", "minor"),
            timed ? Optional.of("at") : Optional.empty(),
            Optional.empty(),
            // Without a valid time of its own the column is an attribute like any other.
            timed || !track.equals(Track.ALL) ? track : new Track(List.of(), List.of("at"))),
        new StructType().add("major", "int").add("minor", "int"),
        DataTypes.IntegerType,
        key(1, "tenant", DataTypes.IntegerType),
        key(2, "user", DataTypes.StringType),
        column("name", DataTypes.StringType),
        column("city", DataTypes.StringType),
        column("at", DataTypes.IntegerType));
  }

  private static List<Row> rows(List<List<Arrival>> feeds, int batch, boolean timed) {
    List<Row> rows = new ArrayList<>();
    for (int tenant = 0; tenant < feeds.size(); tenant++) {
      for (Arrival arrival : feeds.get(tenant)) {
        Event event = arrival.event();
        if (arrival.batch() == batch) {
          rows.add(
              RowFactory.create(
                  tenant,
                  arrival.user(),
                  event.name(),
                  event.city(),
                  event.at(),
                  event.delete() ? "delete" : "upsert",
                  RowFactory.create(event.major(), event.minor()),
                  timed ? event.at() : event.major()));
        }
      }
    }
    return rows;
  }

  private static long distinct(List<List<Arrival>> feeds) {
    return feeds.stream()
        .mapToLong(
            feed ->
                feed.stream().map(arrival -> arrival.user() + arrival.event()).distinct().count())
        .sum();
  }

  private static Map<Integer, Set<String>> actual(HistoryFixture history, Keep keep) {
    String[] columns =
        keep == Keep.SCD1
            ? new String[] {"tenant", "user", "name", "city", "at"}
            : new String[] {
              "tenant",
              "user",
              "name",
              "city",
              "at",
              "valid_from",
              "valid_to",
              "is_current",
              "version_id"
            };
    Map<Integer, Set<String>> byTenant = new HashMap<>();
    for (String row : history.rows(columns)) {
      int bar = row.indexOf('|');
      boolean isNew =
          byTenant
              .computeIfAbsent(Integer.valueOf(row.substring(0, bar)), tenant -> new HashSet<>())
              .add(row.substring(bar + 1));
      assertThat(isNew).as("a row stands once: %s", row).isTrue();
    }
    return byTenant;
  }

  private static Set<String> expected(
      int tenant, List<Arrival> feed, Keep keep, Track track, boolean timed) {
    Map<String, List<Event>> byUser = new HashMap<>();
    feed.forEach(
        arrival ->
            byUser.computeIfAbsent(arrival.user(), user -> new ArrayList<>()).add(arrival.event()));
    Set<String> rows = new HashSet<>();
    byUser.forEach(
        (user, events) -> {
          String key = "{\"tenant\":" + tenant + ",\"user\":\"" + user + "\"}";
          for (Version version :
              NaiveHistory.versions(key, events, track.equals(Track.ALL), timed)) {
            String row = user + "|" + version.name() + "|" + version.city() + "|" + version.at();
            if (keep == Keep.SCD2) {
              rows.add(
                  row
                      + "|"
                      + version.from()
                      + "|"
                      + version.to()
                      + "|"
                      + (version.to() == null)
                      + "|"
                      + version.id());
            } else if (version.to() == null) {
              rows.add(row);
            }
          }
        });
    return rows;
  }
}
