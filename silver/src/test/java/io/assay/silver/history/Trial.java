package io.assay.silver.history;

import static io.assay.silver.history.HistoryFixture.column;
import static io.assay.silver.history.HistoryFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.History;
import io.assay.config.History.Keep;
import io.assay.config.History.Ties;
import io.assay.config.History.Track;
import io.assay.silver.Histories;
import io.assay.silver.history.NaiveHistory.Event;
import io.assay.silver.history.NaiveHistory.Rules;
import io.assay.silver.history.NaiveHistory.Version;
import io.assay.silver.history.Pack.Arrival;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The engine against {@link NaiveHistory}, under some settings. */
record Trial(Keep keep, Ties ties, Rules rules) {

  /** What is wrong with a tenant's rows. */
  record Difference(Set<String> expected, Set<String> actual) {}

  /**
   * Feeds a table of its own.
   *
   * @return by tenant what is wrong; empty if nothing is
   */
  Map<Integer, Difference> differences(Pack pack) {
    try {
      Path folder = Files.createTempDirectory("history");
      try {
        HistoryFixture history = history(folder);
        feed(history, pack);
        assertThat(history.prove().holds()).isTrue();
        return compared(history, pack);
      } finally {
        FileUtil.fullyDelete(folder.toFile());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Carries out every batch, and checks the counts. */
  void feed(HistoryFixture history, Pack pack) {
    long remembered = 0;
    for (int batch = 0; batch < pack.batches(); batch++) {
      int rows = pack.rows(batch, rules.timed()).size();
      Counts counts = history.run(pack.rows(batch, rules.timed()));
      long taken = counts.applied() + counts.unchanged() + counts.superseded() - counts.implied();
      assertThat(taken + counts.duplicate() + counts.quarantined()).isEqualTo(rows);
      remembered += taken;
    }
    assertThat(history.events().count()).isEqualTo(remembered);
    if (ties == Ties.LATEST) {
      assertThat(remembered).isEqualTo(pack.distinct());
    }
  }

  HistoryFixture history(Path folder) {
    return new HistoryFixture(
        TestSpark.compiling(),
        folder,
        settings(),
        new StructType().add("major", "int").add("minor", "int"),
        DataTypes.IntegerType,
        key(1, "tenant", DataTypes.IntegerType),
        key(2, "user", DataTypes.StringType),
        column("name", DataTypes.StringType),
        column("city", DataTypes.StringType),
        column("at", DataTypes.IntegerType));
  }

  private History settings() {
    Histories settings = Histories.of(keep, "major", "minor").ties(ties);
    List<String> untracked = new ArrayList<>();
    if (!rules.cityTracked()) {
      untracked.add("city");
    }
    if (rules.timed()) {
      settings.validTime("at");
    } else {
      // Without a valid time of its own the column is an attribute like any other.
      untracked.add("at");
    }
    if (rules.nameKept()) {
      settings.ignoreNullUpdates("name");
    }
    return settings.track(new Track(List.of(), untracked)).build();
  }

  private Map<Integer, Difference> compared(HistoryFixture history, Pack pack) {
    Map<Integer, Set<String>> actual = rows(history);
    Map<Integer, Difference> wrong = new TreeMap<>();
    for (int tenant = 0; tenant < pack.feeds().size(); tenant++) {
      Set<String> expected = expected(tenant, pack);
      Set<String> found = actual.getOrDefault(tenant, Set.of());
      if (!expected.equals(found)) {
        wrong.put(tenant, new Difference(expected, found));
      }
    }
    return wrong;
  }

  /** The stored rows by tenant, each as text. */
  Map<Integer, Set<String>> rows(HistoryFixture history) {
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

  private Set<String> expected(int tenant, Pack pack) {
    Map<String, List<Event>> byUser = new HashMap<>();
    for (Arrival arrival : pack.feeds().get(tenant)) {
      byUser.computeIfAbsent(arrival.user(), user -> new ArrayList<>()).add(arrival.event());
    }
    Set<String> rows = new HashSet<>();
    byUser.forEach(
        (user, events) -> {
          String key = "{\"tenant\":" + tenant + ",\"user\":\"" + user + "\"}";
          for (Version version : NaiveHistory.versions(key, events, pack.allTruncates(), rules)) {
            String row = user + "|" + version.name() + "|" + version.city() + "|" + version.at();
            if (keep == Keep.SCD2) {
              rows.add(
                  "%s|%s|%s|%s|%s"
                      .formatted(
                          row, version.from(), version.to(), version.to() == null, version.id()));
            } else if (version.to() == null) {
              rows.add(row);
            }
          }
        });
    return rows;
  }
}
