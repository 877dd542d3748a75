package io.assay.silver.history;

import static io.assay.silver.history.HistoryFixture.column;
import static io.assay.silver.history.HistoryFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.History;
import io.assay.config.History.Keep;
import io.assay.config.History.Track;
import io.assay.silver.Histories;
import io.assay.silver.history.NaiveHistory.Event;
import io.assay.silver.history.NaiveHistory.Operation;
import io.assay.silver.history.NaiveHistory.Rules;
import io.assay.silver.history.NaiveHistory.Truncate;
import io.assay.silver.history.NaiveHistory.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import net.jqwik.api.Tuple;
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
  private static final int FEEDS = 700;
  private static final Track WITHOUT_CITY = new Track(List.of(), List.of("city"));

  /** An event of one of a feed's two keys, in one of its batches. */
  record Arrival(String user, int batch, Event event) {}

  /** A truncate, in one of the batches. */
  record Cleared(int batch, Truncate truncate) {}

  /**
   * What one table gets.
   *
   * @param feeds one per tenant
   * @param truncates they concern every tenant
   */
  record Pack(List<List<Arrival>> feeds, List<Cleared> truncates) {
    private List<Truncate> all() {
      return truncates.stream().map(Cleared::truncate).toList();
    }
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void versionsAreWhatTheDefinitionSays(@ForAll("packs") Pack pack) throws IOException {
    compare(pack, Keep.SCD2, Track.ALL, false);
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void versionsWithUntrackedColumnsAndAValidTimeOfTheirOwnAreWhatTheDefinitionSays(
      @ForAll("packs") Pack pack) throws IOException {
    compare(pack, Keep.SCD2, WITHOUT_CITY, true);
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void currentRowsAreWhatTheDefinitionSays(@ForAll("packs") Pack pack) throws IOException {
    compare(pack, Keep.SCD1, Track.ALL, true);
  }

  @Property(tries = 10, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Tag("deep")
  void manyMoreFeedsAreWhatTheDefinitionSays(@ForAll("packs") Pack pack) throws IOException {
    compare(pack, Keep.SCD2, Track.ALL, false);
    compare(pack, Keep.SCD2, WITHOUT_CITY, true);
    compare(pack, Keep.SCD1, Track.ALL, true);
  }

  @Provide
  Arbitrary<Pack> packs() {
    Arbitrary<Event> events =
        Combinators.combine(
                majors(),
                minors(),
                Arbitraries.frequency(
                    Tuple.of(7, Operation.UPSERT),
                    Tuple.of(2, Operation.DELETE),
                    Tuple.of(1, Operation.PRESENT)),
                Arbitraries.of("x", "y").injectNull(0.2),
                Arbitraries.of("p", "q").injectNull(0.2),
                Arbitraries.integers().between(1, 6))
            .as(HistoryPropertiesTest::event);
    Arbitrary<List<List<Arrival>>> feeds =
        Combinators.combine(Arbitraries.of("a", "b"), batches(), events)
            .as(Arrival::new)
            .list()
            .ofMinSize(1)
            .ofMaxSize(12)
            .map(HistoryPropertiesTest::withRepeats)
            .list()
            .ofSize(FEEDS);
    Arbitrary<Truncate> truncates =
        Combinators.combine(majors(), minors(), Arbitraries.integers().between(1, 6))
            .as(Truncate::new);
    return Combinators.combine(
            feeds, Combinators.combine(batches(), truncates).as(Cleared::new).list().ofMaxSize(4))
        .as(Pack::new);
  }

  private static Arbitrary<Integer> majors() {
    return Arbitraries.integers().between(1, 5);
  }

  private static Arbitrary<Integer> minors() {
    return Arbitraries.integers().between(9, 11);
  }

  private static Arbitrary<Integer> batches() {
    return Arbitraries.integers().between(0, BATCHES - 1);
  }

  private static Event event(
      int major, int minor, Operation operation, String name, String city, int at) {
    return operation == Operation.PRESENT
        ? new Event(major, minor, operation, null, null, at)
        : new Event(major, minor, operation, name, city, at);
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

  private void compare(Pack pack, Keep keep, Track track, boolean timed) throws IOException {
    Path folder = Files.createTempDirectory("history");
    try {
      HistoryFixture history = history(folder, keep, track, timed);
      for (int batch = 0; batch < BATCHES; batch++) {
        List<Row> rows = rows(pack, batch, timed);
        Counts counts = history.run(rows);
        assertThat(counts.applied() + counts.unchanged() + counts.superseded() + counts.duplicate())
            .isEqualTo(rows.size() + counts.implied());
      }
      assertThat(history.events().count()).isEqualTo(distinct(pack));
      List<List<Arrival>> feeds = pack.feeds();
      Rules rules = new Rules(track.equals(Track.ALL), timed);
      Map<Integer, Set<String>> actual = actual(history, keep);
      List<Integer> wrong = new ArrayList<>();
      for (int tenant = 0; tenant < feeds.size(); tenant++) {
        Set<String> expected = expected(tenant, pack, keep, rules);
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
                          "%s of %s feeds are wrong, such as %s with %s",
                          wrong.size(), feeds.size(), feeds.get(tenant), pack.truncates())
                      .isEqualTo(expected(tenant, pack, keep, rules)));
      assertThat(history.prove().holds()).isTrue();
    } finally {
      org.apache.hadoop.fs.FileUtil.fullyDelete(folder.toFile());
    }
  }

  private static HistoryFixture history(Path folder, Keep keep, Track track, boolean timed) {
    return new HistoryFixture(
        folder,
        settings(
            keep,
            timed,
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

  private static History settings(Keep keep, boolean timed, Track track) {
    Histories settings = Histories.of(keep, "major", "minor").track(track);
    return (timed ? settings.validTime("at") : settings).build();
  }

  private static List<Row> rows(Pack pack, int batch, boolean timed) {
    List<Row> rows = new ArrayList<>();
    for (Cleared cleared : pack.truncates()) {
      Truncate truncate = cleared.truncate();
      if (cleared.batch() == batch) {
        rows.add(
            RowFactory.create(
                null,
                "nobody",
                null,
                null,
                truncate.at(),
                "truncate",
                RowFactory.create(truncate.major(), truncate.minor()),
                timed ? truncate.at() : truncate.major()));
      }
    }
    for (int tenant = 0; tenant < pack.feeds().size(); tenant++) {
      for (Arrival arrival : pack.feeds().get(tenant)) {
        Event event = arrival.event();
        if (arrival.batch() == batch) {
          rows.add(
              RowFactory.create(
                  tenant,
                  arrival.user(),
                  event.name(),
                  event.city(),
                  event.at(),
                  event.operation().name().toLowerCase(Locale.ROOT),
                  RowFactory.create(event.major(), event.minor()),
                  timed ? event.at() : event.major()));
        }
      }
    }
    return rows;
  }

  private static long distinct(Pack pack) {
    return pack.all().stream().distinct().count()
        + pack.feeds().stream()
            .mapToLong(
                feed ->
                    feed.stream()
                        .map(arrival -> arrival.user() + arrival.event())
                        .distinct()
                        .count())
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

  private static Set<String> expected(int tenant, Pack pack, Keep keep, Rules rules) {
    Map<String, List<Event>> byUser = new HashMap<>();
    pack.feeds()
        .get(tenant)
        .forEach(
            arrival ->
                byUser
                    .computeIfAbsent(arrival.user(), user -> new ArrayList<>())
                    .add(arrival.event()));
    Set<String> rows = new HashSet<>();
    byUser.forEach(
        (user, events) -> {
          String key = "{\"tenant\":" + tenant + ",\"user\":\"" + user + "\"}";
          for (Version version : NaiveHistory.versions(key, events, pack.all(), rules)) {
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
