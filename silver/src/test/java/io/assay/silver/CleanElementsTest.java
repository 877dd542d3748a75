package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Outcome;
import io.assay.config.History.Keep;
import io.assay.config.Snapshot;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records whose elements are the rows. */
class CleanElementsTest {
  private static final TableName BRONZE = TableName.bronze("readings");
  private static final TableName SILVER = TableName.silver("readings");
  private static final TableName QUARANTINE = TableName.quarantine("readings");

  @TempDir Path folder;

  private static Configurations readings() {
    return Configurations.of("readings")
        .column("station string required")
        .column("place int")
        .column("sensor string required")
        .column("value decimal(10,2)")
        .expression("station", "upper(_document.station.id)")
        .expression("place", "_event")
        .where("sensor <> 'TEST'");
  }

  private static CleanFixture landed(Path folder) {
    CleanFixture fixture = new CleanFixture(folder);
    fixture.landMessages(
        BRONZE,
        "page",
        null,
        """
        {"station": {"id": "s1"}, "next": 2, "readings": [
          {"sensor": "a", "value": 1.10, "new": 1}, {"sensor": "b", "value": "x"}, 7, null, {"sensor": "TEST", "value": 0}, {"sensor": "c", "value": 12345678.90}]}
        """,
        null,
        "{\"station\": {\"id\": \"s2\"}, \"readings\": []}",
        null,
        "{\"station\": {\"id\": \"s2\"}, \"readings\": null}",
        null,
        "{\"station\": {\"id\": \"s2\"}}",
        null,
        "[]",
        null,
        "{\"readings\": 5}",
        null,
        "{\"readings\": [{\"sensor\": \"d\", \"value\": 4}]}");
    return fixture;
  }

  @Test
  void eachElementIsAnEventOfItsOwnAndAnEmptyRecordIsFiltered() {
    CleanConfiguration wrong = readings().json().explode("readings").build();
    CleanConfiguration corrected =
        readings()
            .json()
            .explode("readings")
            .expression("value", "if(value = 'x', '9', value)")
            .build();
    CleanFixture fixture = landed(folder);

    BatchResult result = fixture.run(wrong);

    assertThat(result.account()).isEqualTo(new Account(7, 5, 0, 2, 0, 0, 0, 6, 4));
    List<String> taken = List.of("[S1,0,a,1.10,{\"new\":\"1\"},0]", "[S1,5,c,12345678.90,null,5]");
    assertThat(fixture.ask(SILVER, "station", "place", "sensor", "value", "_rescued", "_event"))
        .containsExactlyInAnyOrderElementsOf(taken);
    assertThat(fixture.ask(QUARANTINE, "_source.position", "_event", "rules", "raw"))
        .containsExactlyInAnyOrder(
            "[0,1,WrappedArray(value_type),{\"_value\":\"{\\\"sensor\\\": \\\"b\\\", \\\"value\\\": \\\"x\\\"}\"}]",
            "[0,2,WrappedArray(element),{\"_value\":\"7\"}]",
            "[0,3,WrappedArray(element),{\"_value\":null}]",
            "[4,0,WrappedArray(unreadable),{\"_value\":\"[]\"}]",
            "[5,0,WrappedArray(unreadable),{\"_value\":\"{\\\"readings\\\": 5}\"}]",
            "[6,0,WrappedArray(station_required),{\"_value\":\"{\\\"sensor\\\": \\\"d\\\", \\\"value\\\": 4}\"}]");

    // What an element is wanting in says nothing of those that were taken.
    assertThat(fixture.replay(corrected).account())
        .isEqualTo(new Account(6, 0, 0, 1, 0, 0, 0, 5, 0));
    assertThat(fixture.read(SILVER).where("sensor = 'b' and value = 9 and place = 1").count())
        .isEqualTo(1);
    assertThat(fixture.read(SILVER).count()).isEqualTo(3);
    assertThat(fixture.replay(corrected).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
    fixture.rebuild(corrected);
    assertThat(fixture.read(SILVER).count()).isEqualTo(3);
    assertThat(fixture.read(QUARANTINE).count()).isEqualTo(5);
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
  }

  @Test
  void anInterruptedBatchIsCompletedWithTheArrayThatItWasPlannedWith() {
    CleanFixture fixture = landed(folder);
    CommitSeam halting =
        (point, commit) -> {
          commit.run();
          if (point.step().equals("QUARANTINE")) {
            throw new IllegalStateException("halted");
          }
        };
    CleanConfiguration planned = readings().json().explode("readings").build();
    assertThatThrownBy(() -> fixture.run(planned, halting)).hasMessage("halted");
    assertThat(fixture.read(QUARANTINE).count()).isEqualTo(6);

    assertThatThrownBy(() -> fixture.run(readings().json().explode("$").build()))
        .isInstanceOfSatisfying(
            AssayException.class,
            thrown -> assertThat(thrown.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
        .hasMessageContaining("history.keep: none, explode readings, and the configuration has")
        .hasMessageContaining("make them anew with assay rebuild silver.readings");
    assertThat(fixture.read(SILVER).count()).isEqualTo(2);
    assertThat(fixture.read(QUARANTINE).count()).isEqualTo(6);
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
    assertThat(fixture.run(planned).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void anArrayThatNoRecordHasIsToldAndHeldWhereDriftIsRefused() {
    CleanFixture fixture = new CleanFixture(folder);
    fixture.landMessages(BRONZE, "p", null, "{\"data\": [{\"sensor\": \"a\"}]}");
    String gone = "explode: none of the 1 records that could be read has readings";
    BatchResult held = fixture.run(readings().json().explode("readings").failOnDrift().build());
    assertThat(held.outcome()).isEqualTo(Outcome.HELD);
    assertThat(String.join("\n", held.notes())).contains(gone);

    BatchResult told = fixture.run(readings().json().explode("readings").build());
    assertThat(told.account()).isEqualTo(new Account(1, 0, 0, 0, 0, 0, 0, 0, 1));
    assertThat(String.join("\n", told.notes())).contains(gone);
  }

  private static Configurations sensors() {
    return Configurations.of("readings")
        .column("sensor string key")
        .column("value int")
        .column("at int")
        .column("station string")
        .expression("station", "_document.station.id")
        .history(Histories.of(Keep.SCD2, "at").build());
  }

  private static List<String> versions(CleanFixture fixture) {
    return fixture
        .read(TableName.history("readings"))
        .selectExpr("concat_ws(' ', sensor, value, station, valid_from, valid_to, version_id)")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  @Test
  void elementsOfTypedColumnsAndOfTextsInColumnsAreRowsToo() {
    CleanFixture typed = new CleanFixture(folder.resolve("typed"));
    typed.land(
        BRONZE,
        "a.parquet",
        """
        select named_struct('id', 's1') station, named_struct('list', array(
            named_struct('sensor', 'a', 'value', 1L, 'at', 1, '_raw', 'r'),
            named_struct('sensor', 'a', 'value', 1L, 'at', 1, '_raw', 'r'),
            named_struct('sensor', 'a', 'value', 2L, 'at', 2, '_raw', 'r'),
            cast(null as struct<sensor: string, value: bigint, at: int, _raw: string>),
            named_struct('sensor', 'b', 'value', 99999999999L, 'at', 1, '_raw', 'r'))) data
        union all select named_struct('id', 's2'), named_struct('list', array())
        union all select named_struct('id', 's2'), null
        """);
    CleanFixture text = new CleanFixture(folder.resolve("text"));
    text.land(
        BRONZE,
        "a.csv",
        """
        select named_struct('id', 's1') station, '{"list": [
          {"sensor": "a", "value": 1, "at": 1, "_raw": "r"},
          {"sensor": "a", "value": 1, "at": 1, "_raw": "r"},
          {"sensor": "a", "value": 2, "at": 2, "_raw": "r"},
          null,
          {"sensor": "b", "value": 99999999999, "at": 1, "_raw": "r"}]}' data
        union all select named_struct('id', 's2'), '{"list": []}'
        union all select named_struct('id', 's2'), null
        """);
    for (CleanFixture fixture : List.of(typed, text)) {
      BatchResult result = fixture.run(sensors().explode("data.list").build());
      assertThat(result.account()).isEqualTo(new Account(3, 4, 0, 2, 0, 0, 1, 2, 2));
      assertThat(fixture.ask(QUARANTINE, "_event", "rules"))
          .containsExactlyInAnyOrder("[3,WrappedArray(element)]", "[4,WrappedArray(value_type)]");
      assertThat(fixture.discrepancies(SILVER)).isEmpty();
    }
    assertThat(versions(typed)).hasSize(2).isEqualTo(versions(text));
    assertThat(typed.ask(QUARANTINE, "raw").toString())
        .contains("{\"sensor\":\"b\",\"value\":99999999999,\"at\":1,\"_raw_2\":\"r\"}");

    assertThatThrownBy(() -> typed.firstBatch(sensors().explode("station").build()).stage())
        .hasMessageContaining("explode in pipeline.yaml of readings names station")
        .hasMessageContaining("bronze.readings has struct<id:string>");
    assertThatThrownBy(() -> typed.firstBatch(sensors().explode("data.list.x").build()).stage())
        .hasMessageContaining("has array<struct<");
    typed.firstBatch(sensors().explode("gone").build()).stage();
  }

  /** A reading of few keys and times, so that there are repeats, ties and late ones. */
  private static String element(Random random) {
    return random.nextInt(9) == 0
        ? "[" + random.nextInt(3) + "]"
        : "{\"sensor\": \"%s\", \"value\": %s, \"at\": %d}"
            .formatted(
                (char) ('a' + random.nextInt(4)),
                random.nextInt(9) == 0 ? "\"x\"" : random.nextInt(3),
                random.nextInt(20));
  }

  @Test
  void aRecordOfElementsIsAsGoodAsItsElementsAlone() {
    Random random = new Random(5);
    CleanFixture alone = new CleanFixture(folder.resolve("alone"));
    CleanFixture inside = new CleanFixture(folder.resolve("inside"));
    CleanConfiguration elements =
        sensors().json().expression("station", "'s'").explode("r").build();
    CleanConfiguration records = sensors().json().expression("station", "'s'").build();
    List<String> flat = new ArrayList<>();
    for (int batch = 0; batch < 3; batch++) {
      List<String> documents = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        List<String> some = new ArrayList<>();
        for (int j = random.nextInt(5); j > 0; j--) {
          some.add(element(random));
        }
        some.forEach(one -> flat.addAll(java.util.Arrays.asList(null, one)));
        documents.add(null);
        documents.add("{\"r\": [" + String.join(", ", some) + "]}");
      }
      inside.landMessages(BRONZE, "b" + batch, documents.toArray(String[]::new));
      inside.run(elements);
    }
    alone.landMessages(BRONZE, "all", flat.toArray(String[]::new));
    alone.run(records);

    assertThat(versions(inside)).isNotEmpty().isEqualTo(versions(alone));
    assertThat(inside.read(QUARANTINE).count())
        .isPositive()
        .isEqualTo(alone.read(QUARANTINE).count());
    assertThat(inside.discrepancies(SILVER)).isEmpty();
    assertThat(inside.proved(elements)).isTrue();
  }

  @Test
  void aSnapshotMayComeAsOneDocument() {
    CleanConfiguration members =
        Configurations.of("readings")
            .snapshot(new Snapshot(Optional.of("_document.day"), 1))
            .json()
            .explode("members")
            .column("sensor string key")
            .column("value int")
            .history(Histories.of(Keep.SCD2, Snapshot.TAKEN_AT).build())
            .build();
    CleanFixture fixture = new CleanFixture(folder);
    fixture.landMessages(
        BRONZE,
        "1",
        null,
        "{\"day\": \"2026-07-01\", \"members\": [{\"sensor\": \"a\", \"value\": 1},"
            + " {\"sensor\": \"b\", \"value\": 1}]}");
    fixture.run(members);
    fixture.landMessages(
        BRONZE,
        "2",
        null,
        "{\"day\": \"2026-07-02\", \"members\": [{\"sensor\": \"b\", \"value\": 2}]}");
    BatchResult result = fixture.run(members);

    assertThat(result.account().balanced()).isTrue();
    assertThat(
            fixture
                .read(TableName.history("readings"))
                .selectExpr("concat_ws(' ', sensor, value, valid_to is null)")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactlyInAnyOrder("a 1 false", "b 1 false", "b 2 true");
  }
}
