package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.config.History.Keep;
import io.assay.config.Snapshot;
import io.assay.contract.OnFailure;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanSnapshotTest {
  private static final TableName BRONZE = TableName.bronze("members");
  private static final TableName SILVER = TableName.silver("members");
  private static final TableName HISTORY = TableName.history("members");

  @TempDir Path folder;

  private static CleanConfiguration members(int files, String where) {
    Configurations members =
        Configurations.of("members")
            .snapshot(
                new Snapshot(
                    Optional.of("regexp_extract(_source.origin, '-([0-9-]{10})', 1)"), files))
            .column("id int key")
            .column("name string")
            .rule("no_x", "name", "name <> 'x'", OnFailure.QUARANTINE)
            .history(Histories.of(Keep.SCD2, Snapshot.TAKEN_AT).build());
    return members.where(where).build();
  }

  private static String rows(String... rows) {
    return "select * from values " + String.join(", ", rows) + " as t(id, name)";
  }

  private static List<String> versions(CleanFixture fixture) {
    return fixture
        .read(HISTORY)
        .selectExpr(
            "concat_ws(' ', id, name, day(from_utc_timestamp(valid_from, 'Europe/London')),"
                + " coalesce(day(from_utc_timestamp(valid_to, 'Europe/London')), '-'))")
        .as(Encoders.STRING())
        .collectAsList();
  }

  @Test
  void aSnapshotDeletesWhatItDoesNotHold() {
    CleanFixture fixture = new CleanFixture(folder);
    CleanConfiguration configuration = members(1, "id < 100");
    fixture.land(BRONZE, "m-2026-07-01.csv", rows("('1', 'a1')", "('2', 'a2')", "('100', 'a')"));
    BatchResult first = fixture.run(configuration);
    fixture.land(BRONZE, "m-2026-07-02.csv", rows("('2', 'b2')", "('3', 'a3')"));
    BatchResult second = fixture.run(configuration);

    assertThat(versions(fixture))
        .containsExactlyInAnyOrder("1 a1 1 2", "2 a2 1 2", "2 b2 2 -", "3 a3 2 -");
    assertThat(first.account()).isEqualTo(new Account(3, 1, 0, 2, 1, 0, 0, 0, 1));
    assertThat(second.account()).isEqualTo(new Account(2, 1, 1, 4, 0, 0, 0, 0, 0));

    // Row 2 is there with a value that is not, row 3 has not changed.
    fixture.land(BRONZE, "m-2026-07-03.csv", rows("('2', 'x')", "('3', 'a3')"));
    BatchResult third = fixture.run(configuration);
    // Somebody is there whose key nobody can read.
    fixture.land(BRONZE, "m-2026-07-04.csv", rows("('one', 'a1')", "('2', 'c2')"));
    BatchResult fourth = fixture.run(configuration);
    // The same again, and a snapshot of which everything is gone but one row.
    fixture.land(BRONZE, "n-2026-07-02.csv", rows("('3', 'a3')", "('2', 'b2')"));
    fixture.land(BRONZE, "m-2026-07-05.csv", rows("('4', 'a4')"));
    BatchResult fifth = fixture.run(configuration);

    assertThat(versions(fixture))
        .containsExactlyInAnyOrder(
            "1 a1 1 2", "2 a2 1 2", "2 b2 2 4", "3 a3 2 5", "2 c2 4 5", "4 a4 5 -");
    assertThat(List.of(third, fourth, fifth))
        .allSatisfy(result -> assertThat(result.account().balanced()).isTrue());
    assertThat(third.account().quarantined()).isEqualTo(1);
    assertThat(third.account().implied()).isZero();
    assertThat(fourth.account().expanded()).isZero();
    assertThat(fifth.account().implied()).isEqualTo(2);
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
  }

  @Test
  void anOlderSnapshotIsRefusedAndOneInPiecesWaits() {
    CleanFixture fixture = new CleanFixture(folder);
    CleanConfiguration configuration = members(2, "true");
    fixture.land(BRONZE, "a-2026-07-02.csv", rows("('1', 'a1')"));

    assertThatThrownBy(() -> fixture.run(configuration))
        .hasMessageContaining("2026-07-01T23:00:00Z stand in fewer files");
    fixture.land(BRONZE, "b-2026-07-02.csv", rows("('2', 'a2')"));
    assertThat(fixture.run(configuration).outcome()).isEqualTo(Outcome.SUCCEEDED);
    fixture.land(BRONZE, "a-2026-07-01.csv", rows("('1', 'a0')"));
    fixture.land(BRONZE, "b-2026-07-01.csv", rows("('2', 'a2')"));
    BatchResult older = fixture.run(configuration);

    assertThat(older.outcome()).isEqualTo(Outcome.HELD);
    assertThat(older.notes().toString()).contains("snapshot_order", "2026-06-30T23:00:00Z");
    BatchResult accepted = fixture.run(configuration, CleanFixture.accept("snapshot_order"));
    assertThat(accepted.account().balanced()).isTrue();
    assertThat(versions(fixture)).containsExactlyInAnyOrder("1 a0 1 2", "1 a1 2 -", "2 a2 1 -");

    fixture.land(BRONZE, "c-2026-07-02.csv", rows("('1', 'a1')", "('2', 'z')"));
    assertThat(fixture.run(configuration).notes().toString()).contains("snapshot_repeat");
  }
}
