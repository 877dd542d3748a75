package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Debezium;
import io.assay.config.Debezium.Connector;
import io.assay.config.History.Keep;
import io.assay.config.Snapshot;
import io.assay.contract.BatchRule;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.BatchRule.Threshold.Operator;
import io.assay.contract.OnFailure;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.quality.measure.Measure;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays of feeds whose rows are not one event each, and beside batches that are held. */
class ReplayedFeedsTest {
  @TempDir Path folder;

  private static List<String> versions(CleanFixture fixture, String dataset, String... columns) {
    return fixture
        .read(TableName.history(dataset))
        .selectExpr("concat_ws(' ', " + String.join(", ", columns) + ")")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  private static Configurations members() {
    return Configurations.of("members")
        .snapshot(
            new Snapshot(Optional.of("regexp_extract(_source.origin, '-([0-9-]{10})', 1)"), 1))
        .column("id int key")
        .column("name string")
        .history(Histories.of(Keep.SCD2, Snapshot.TAKEN_AT).build());
  }

  private static void land(CleanFixture fixture, String day, String... rows) {
    fixture.land(
        TableName.bronze("members"),
        "m-2026-07-" + day + ".csv",
        "select * from values " + String.join(", ", rows) + " as t(id, name)");
  }

  private static List<String> members(CleanFixture fixture) {
    return versions(fixture, "members", "id", "name", "day(valid_from)", "day(valid_to)");
  }

  @Test
  void aSnapshotWhoseKeysCanBeReadNowDeletesWhatItDoesNotHold() {
    CleanConfiguration wrong =
        members().rule("no_x", "name", "name <> 'x'", OnFailure.QUARANTINE).build();
    CleanConfiguration corrected =
        members()
            .rule("no_z", "name", "name <> 'z'", OnFailure.QUARANTINE)
            .expression("id", "if(id = 'two', '2', id)")
            .build();
    CleanFixture fixture = new CleanFixture(folder);
    TableName silver = TableName.silver("members");
    land(fixture, "01", "('1', 'a')", "('2', 'x')", "('3', 'a')");
    land(fixture, "02", "('1', 'b')", "('two', 'b')");
    fixture.run(wrong);
    land(fixture, "03", "('2', 'c')", "('4', 'x')", "('one', 'z')");
    fixture.run(wrong);
    assertThat(members(fixture)).containsExactly("1 a 30 1", "1 b 1", "2 c 2", "3 a 30");

    // One rule is asked for, and all rows of its snapshots are tried.
    Filter one = Filter.of(Optional.of("no_x"), Optional.empty());
    BatchResult replay = fixture.replay(corrected, one, Decision.NONE, CommitSeam.DIRECT);

    assertThat(replay.account().read()).isEqualTo(4);
    assertThat(replay.account().quarantined()).isEqualTo(1);
    assertThat(replay.account().balanced()).isTrue();
    List<String> expected =
        List.of("1 a 30 1", "1 b 1", "2 b 1 2", "2 c 2", "2 x 30 1", "3 a 30 1", "4 x 2");
    assertThat(members(fixture)).isEqualTo(expected);
    assertThat(fixture.proved(corrected)).isTrue();
    assertThat(fixture.discrepancies(silver)).isEmpty();
    assertThat(fixture.replay(corrected).outcome()).isEqualTo(Outcome.UNCHANGED);

    fixture.rebuild(corrected);
    assertThat(members(fixture)).isEqualTo(expected);
    assertThat(fixture.discrepancies(silver)).isEmpty();
  }

  private static CleanConfiguration captured(Connector connector) {
    return Configurations.of("customers")
        .debezium(
            new Debezium(Optional.of(connector), Optional.empty(), Debezium.DEFAULT.unavailable()))
        .column("id int key")
        .column("name string required")
        .column("place int")
        .expression("place", "source.lsn")
        .history(Histories.of(Keep.SCD2, "place").build())
        .build();
  }

  private static String message(String op, int lsn, String before, String after) {
    return "{\"op\": \"%s\", \"before\": %s, \"after\": %s, \"source\": {\"connector\": \"postgresql\", \"lsn\": %d}}"
        .formatted(op, before, after, lsn);
  }

  @Test
  void aMessageThatCouldNotBeReadGivesAllItsEventsAndWhatFailsIsTriedOneByOne() {
    CleanFixture fixture = new CleanFixture(folder);
    fixture.landMessages(
        TableName.bronze("customers"),
        "a.json",
        null,
        message("c", 1, null, "{\"id\": 1, \"name\": \"Ann\"}"),
        null,
        message("u", 2, "{\"id\": 1}", "{\"id\": 2, \"name\": \"Ann\"}"),
        null,
        message("u", 3, "{\"id\": 2}", "{\"id\": 3}"));
    fixture.run(captured(Connector.MYSQL));
    TableName quarantine = TableName.quarantine("customers");
    assertThat(fixture.ask(quarantine, "rules", "_event"))
        .hasSize(3)
        .containsOnly("[WrappedArray(unreadable),0]");

    BatchResult replay = fixture.replay(captured(Connector.POSTGRESQL));

    // The message that moves key 2 to key 3 closes the one, and does not say the other's name.
    assertThat(replay.account()).isEqualTo(new Account(3, 2, 0, 4, 0, 0, 0, 1, 0));
    assertThat(versions(fixture, "customers", "id", "name", "valid_from", "valid_to"))
        .containsExactly("1 Ann 1 2", "2 Ann 2 3");
    assertThat(fixture.ask(quarantine, "rules", "_event", "released_batch", "bronze_version"))
        .containsExactlyInAnyOrder(
            "[WrappedArray(unreadable),0,2,0]",
            "[WrappedArray(unreadable),0,2,0]",
            "[WrappedArray(unreadable),0,2,0]",
            "[WrappedArray(name_required),1,null,0]");
    assertThat(fixture.discrepancies(TableName.silver("customers"))).isEmpty();
  }

  private static Configurations readings(boolean corrected) {
    Configurations readings = Configurations.of("readings").column("value int required").gate(10);
    return corrected
        ? readings.column("note string").expression("value", "if(value = 'x', '0', value)")
        : readings;
  }

  private static CleanConfiguration wantingMany(boolean corrected) {
    return readings(corrected)
        .batchRule(
            new BatchRule(
                "enough",
                new Measure.RowCount(),
                new Threshold(Operator.MUST_BE_GREATER_THAN, 4, Optional.empty()),
                Optional.empty(),
                OnFailure.HOLD,
                ""))
        .build();
  }

  @Test
  void aReplayNeitherHoldsTheFeedNorLetsAHeldBatchGo() {
    CleanFixture fixture = new CleanFixture(folder);
    TableName bronze = TableName.bronze("readings");
    TableName silver = TableName.silver("readings");
    fixture.land(bronze, "a", "select if(id < 1, 'x', '1') value from range(10)");
    fixture.run(readings(false).build());
    fixture.land(bronze, "b", "select if(id < 5, 'x', '1') value, 'new' note from range(10)");
    assertThat(fixture.run(readings(false).build()).outcome()).isEqualTo(Outcome.HELD);

    // Of rows that all fail again nothing is asked as a batch.
    assertThat(fixture.replay(wantingMany(false)).account())
        .isEqualTo(new Account(1, 0, 0, 0, 0, 0, 0, 1, 0));
    assertThatThrownBy(() -> fixture.replay(wantingMany(true)))
        .isInstanceOfSatisfying(
            AssayException.class,
            thrown -> assertThat(thrown.exitCode()).isEqualTo(ExitCode.QUALITY))
        .hasMessageContaining("the replay of silver.readings was given up in batch 4")
        .hasMessageContaining("enough: expected row count more than 4, found 1");
    assertThat(fixture.ledger(silver).waiting()).isPresent();
    Decision accepted = CleanFixture.accept("enough");
    BatchResult replay = fixture.replay(wantingMany(true), Filter.ALL, accepted, CommitSeam.DIRECT);

    assertThat(replay.account()).isEqualTo(new Account(1, 0, 0, 1, 0, 0, 0, 0, 0));
    assertThat(fixture.read(silver).where("note is not null").count()).isZero();
    assertThat(fixture.ledger(silver).waiting()).isPresent();
    fixture.land(bronze, "c", "select '1' value, 'new' note from range(90)");
    assertThat(fixture.run(readings(false).build()).outcome()).isEqualTo(Outcome.HELD);
    assertThat(fixture.run(wantingMany(true)).account().read()).isEqualTo(100);
    assertThat(fixture.read(silver).count()).isEqualTo(110);
    assertThat(fixture.discrepancies(silver)).isEmpty();
  }
}
