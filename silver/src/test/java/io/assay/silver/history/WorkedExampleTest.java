package io.assay.silver.history;

import static io.assay.silver.history.HistoryFixture.column;
import static io.assay.silver.history.HistoryFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.History.Keep;
import io.assay.config.History.Track;
import io.assay.silver.Histories;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worked example of the documentation: eight events of four users. A tenant prefixes the key,
 * and each tenant gets the events in another order and another split into batches, so one table
 * tries as many arrivals as there are tenants.
 */
class WorkedExampleTest {
  private static final int FEW = 300;

  /** Batches, and so places of a truncate among them. */
  private static final int PLACES = 4;

  private static final String[] ROW = {"tenant", "user_id", "name", "city"};

  private static final String[] VERSION = {
    "tenant", "user_id", "name", "city", "valid_from", "valid_to"
  };

  private static final List<Row> EVENTS =
      List.of(
          event(124, "Raul", "Oaxaca", "upsert", 1),
          event(123, "Isabel", "Monterrey", "upsert", 1),
          event(125, "Mercedes", "Tijuana", "upsert", 2),
          event(126, "Lily", "Cancun", "upsert", 2),
          event(123, null, null, "delete", 6),
          event(125, "Mercedes", "Guadalajara", "upsert", 6),
          event(125, "Mercedes", "Mexicali", "upsert", 5),
          event(123, "Isabel", "Chihuahua", "upsert", 5));

  private static final List<String> VERSIONS =
      List.of(
          "123|Isabel|Chihuahua|5|6",
          "123|Isabel|Monterrey|1|5",
          "124|Raul|Oaxaca|1|null",
          "125|Mercedes|Guadalajara|6|null",
          "125|Mercedes|Mexicali|5|6",
          "125|Mercedes|Tijuana|2|5",
          "126|Lily|Cancun|2|null");

  private static final List<String> VERSIONS_WITHOUT_CITY =
      List.of(
          "123|Isabel|Chihuahua|1|6",
          "124|Raul|Oaxaca|1|null",
          "125|Mercedes|Guadalajara|2|null",
          "126|Lily|Cancun|2|null");

  private static final List<String> CURRENT =
      List.of("124|Raul|Oaxaca", "125|Mercedes|Guadalajara", "126|Lily|Cancun");

  @TempDir Path folder;

  @Test
  void versionsAreTheSameInEveryOrderAndEverySplit() {
    assertThat(arrivals(Keep.SCD2, Track.ALL, some(FEW), 8)).containsOnlyKeys(VERSIONS);
  }

  @Test
  @Tag("all")
  void anUntrackedCityOpensNoVersion() {
    Track track = new Track(List.of(), List.of("city"));
    assertThat(arrivals(Keep.SCD2, track, some(FEW), 3)).containsOnlyKeys(VERSIONS_WITHOUT_CITY);
  }

  @Test
  @Tag("all")
  void currentRowsAreTheSameInEveryOrderAndEverySplit() {
    assertThat(arrivals(Keep.SCD1, Track.ALL, some(FEW), 3)).containsOnlyKeys(CURRENT);
  }

  @Test
  @Tag("deep")
  void versionsAreTheSameInAll40320Orders() {
    assertThat(arrivals(Keep.SCD2, Track.ALL, all(), 8)).containsOnlyKeys(VERSIONS);
  }

  /**
   * The truncate at 3 comes in each of the batches, for some tenants each, whose sequences are a
   * hundred further on. So a truncate closes what the tenants before left open too.
   */
  @Test
  void aTruncateMayComeAtAnyTime() {
    HistoryFixture history = fixture(Keep.SCD2, Track.ALL);
    List<List<Row>> batches = new ArrayList<>();
    Random random = new Random(5);
    for (int batch = 0; batch < PLACES; batch++) {
      batches.add(new ArrayList<>());
    }
    List<List<Integer>> orders = some(PLACES * 10);
    for (int tenant = 0; tenant < orders.size(); tenant++) {
      int[] at = random.ints(EVENTS.size(), 0, PLACES).sorted().toArray();
      for (int i = 0; i < at.length; i++) {
        Row event = EVENTS.get(orders.get(tenant).get(i));
        batches.get(at[i]).add(of(tenant, later(event, tenant % PLACES)));
      }
    }
    for (int place = 0; place < PLACES; place++) {
      Row truncate = RowFactory.create(null, null, null, "truncate", RowFactory.create(3), 3);
      batches.get(place).add(of(null, later(truncate, place)));
    }
    batches.forEach(history::run);

    Map<Integer, List<String>> byTenant = byTenant(history, VERSION);
    for (int tenant = 0; tenant < orders.size(); tenant++) {
      int start = 100 * (tenant % PLACES);
      String end = tenant % PLACES == PLACES - 1 ? "null" : String.valueOf(start + 103);
      assertThat(byTenant.get(tenant))
          .containsExactly(
              "123|Isabel|Chihuahua|%d|%d".formatted(start + 5, start + 6),
              "123|Isabel|Monterrey|%d|%d".formatted(start + 1, start + 3),
              "124|Raul|Oaxaca|%d|%d".formatted(start + 1, start + 3),
              "125|Mercedes|Guadalajara|%d|%s".formatted(start + 6, end),
              "125|Mercedes|Mexicali|%d|%d".formatted(start + 5, start + 6),
              "125|Mercedes|Tijuana|%d|%d".formatted(start + 2, start + 3),
              "126|Lily|Cancun|%d|%d".formatted(start + 2, start + 3));
    }
    assertThat(history.prove().holds()).isTrue();
  }

  /** Feeds one table with every order, each split at random; which results there are, how often. */
  private Map<List<String>, Integer> arrivals(
      Keep keep, Track track, List<List<Integer>> orders, int batches) {
    HistoryFixture history = fixture(keep, track);
    split(orders, batches).forEach(history::run);
    Map<Integer, List<String>> byTenant = byTenant(history, keep == Keep.SCD1 ? ROW : VERSION);
    assertThat(byTenant).hasSize(orders.size());
    Map<List<String>, Integer> results = new java.util.HashMap<>();
    byTenant.values().forEach(rows -> results.merge(rows, 1, Integer::sum));
    return results;
  }

  private HistoryFixture fixture(Keep keep, Track track) {
    return new HistoryFixture(
        folder,
        Histories.of(keep, "sequence_num").track(track).build(),
        new StructType().add("sequence_num", DataTypes.IntegerType, false),
        DataTypes.IntegerType,
        key(1, "tenant", DataTypes.IntegerType),
        key(2, "user_id", DataTypes.IntegerType),
        column("name", DataTypes.StringType),
        column("city", DataTypes.StringType));
  }

  private static Map<Integer, List<String>> byTenant(HistoryFixture history, String[] columns) {
    Map<Integer, List<String>> byTenant = new TreeMap<>();
    for (String row : history.rows(columns)) {
      int bar = row.indexOf('|');
      byTenant
          .computeIfAbsent(Integer.valueOf(row.substring(0, bar)), tenant -> new ArrayList<>())
          .add(row.substring(bar + 1));
    }
    return byTenant;
  }

  private static List<List<Row>> split(List<List<Integer>> orders, int count) {
    Random random = new Random(7);
    List<List<Row>> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batches.add(new ArrayList<>());
    }
    for (int tenant = 0; tenant < orders.size(); tenant++) {
      int[] at = random.ints(EVENTS.size(), 0, count).sorted().toArray();
      for (int i = 0; i < at.length; i++) {
        batches.get(at[i]).add(of(tenant, EVENTS.get(orders.get(tenant).get(i))));
      }
      // And one event comes again, at the end.
      batches.get(count - 1).add(of(tenant, EVENTS.get(random.nextInt(EVENTS.size()))));
    }
    return batches;
  }

  private static List<List<Integer>> some(int count) {
    List<List<Integer>> every = all();
    java.util.Collections.shuffle(every, new Random(11));
    return every.subList(0, count);
  }

  private static List<List<Integer>> all() {
    List<List<Integer>> orders = new ArrayList<>();
    orders.add(List.of());
    for (int event = 0; event < EVENTS.size(); event++) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> order : orders) {
        for (int place = 0; place <= order.size(); place++) {
          List<Integer> next = new ArrayList<>(order);
          next.add(place, event);
          longer.add(next);
        }
      }
      orders = longer;
    }
    return orders;
  }

  private static Row event(Object user, String name, String city, String operation, int sequence) {
    return RowFactory.create(user, name, city, operation, RowFactory.create(sequence), sequence);
  }

  private static Row later(Row event, int hundreds) {
    int sequence = event.getInt(5) + 100 * hundreds;
    return event(
        event.get(0), event.getString(1), event.getString(2), event.getString(3), sequence);
  }

  private static Row of(Integer tenant, Row event) {
    Object[] values = new Object[event.size() + 1];
    values[0] = tenant;
    for (int i = 0; i < event.size(); i++) {
      values[i + 1] = event.get(i);
    }
    return RowFactory.create(values);
  }
}
