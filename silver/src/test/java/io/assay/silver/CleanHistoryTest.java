package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.config.History.Keep;
import io.assay.config.History.Ties;
import io.assay.contract.OnFailure;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanHistoryTest {
  private static final TableName LANDING = TableName.bronze("office");

  @TempDir Path folder;
  private CleanFixture fixture;

  @BeforeEach
  void open() {
    fixture = new CleanFixture(folder);
  }

  @Test
  void eventsGoThroughTheSameRulesButADeleteNeedsOnlyItsKey() {
    CleanConfiguration configuration =
        keyed()
            .column("city string required")
            .column("updated_at timestamp required")
            .rule("no_atlantis", "city", "city <> 'Atlantis'", OnFailure.QUARANTINE)
            .history(Histories.of(Keep.SCD2, "updated_at").deleteWhen("op = 'D'").build())
            .build();
    fixture.land(
        LANDING,
        "a.csv",
        """
        select * from values
          ('1', 'Delft',    '2026-07-01 10:00:00', 'I', 'noise'),
          ('1', 'Delft',    '2026-07-01 10:00:00', 'I', 'more noise'),
          ('1', 'Leiden',   '2026-07-02 10:00:00', 'U', ''),
          ('2', 'Atlantis', '2026-07-01 10:00:00', 'I', ''),
          ('3', 'Gouda',    '',                    'I', ''),
          ('4', 'Breda',    '2026-07-01 10:00:00', 'I', '')
        as t(id, city, updated_at, op, more)
        """);
    BatchResult first = fixture.run(configuration);
    fixture.land(
        LANDING,
        "b.csv",
        """
        select * from values
          ('1', null, '2026-07-03 10:00:00', 'D', ''),
          (null, null, '2026-07-03 10:00:00', 'D', '')
        as t(id, city, updated_at, op, more)
        """);
    BatchResult second = fixture.run(configuration);

    assertThat(first.account()).isEqualTo(new Account(6, 0, 0, 3, 0, 0, 1, 2, 0));
    assertThat(first.notes()).isEmpty();
    assertThat(second.account()).isEqualTo(new Account(2, 0, 0, 1, 0, 0, 0, 1, 0));
    assertThat(
            texts(
                TableName.history("customers"),
                "id, city, date_format(valid_from, 'd H'), date_format(valid_to, 'd H')"))
        .containsExactlyInAnyOrder("1 Delft 1 9 2 9", "1 Leiden 2 9 3 9", "4 Breda 1 9");
    assertThat(fixture.ask(TableName.quarantine("customers"), "rules"))
        .containsExactly(
            "[WrappedArray(no_atlantis)]",
            "[WrappedArray(updated_at_key)]",
            "[WrappedArray(id_key)]");
  }

  @Test
  void aTruncateNeedsNoKeyAndIsFilteredByNoConditionOnWhatItDoesNotTell() {
    CleanConfiguration configuration =
        keyed()
            .column("city string required")
            .column("lsn int")
            .where("city <> 'TEST'")
            .history(Histories.of(Keep.SCD2, "lsn").truncateWhen("op = 'T'").build())
            .build();
    fixture.land(
        LANDING,
        "a.csv",
        """
        select * from values
          ('1',  'Delft', '1', 'I'),
          ('2',  'Gouda', '1', 'I'),
          (null, null,    '2', 'T'),
          (null, null,    null, 'T'),
          ('2',  'Gouda', '3', 'I')
        as t(id, city, lsn, op)
        """);

    BatchResult result = fixture.run(configuration);

    assertThat(result.account()).isEqualTo(new Account(5, 0, 2, 6, 0, 0, 0, 1, 0));
    assertThat(fixture.ask(TableName.quarantine("customers"), "rules"))
        .containsExactly("[WrappedArray(lsn_key)]");
    assertThat(texts(TableName.history("customers"), "id, valid_from, valid_to"))
        .containsExactlyInAnyOrder("1 1 2", "2 1 2", "2 3");
    assertThat(fixture.discrepancies(TableName.silver("customers"))).isEmpty();
  }

  @Test
  void tieLosersAndLateEventsGoToQuarantineAndTheAccountsTellSo() {
    CleanConfiguration configuration =
        customers(
            Histories.of(Keep.SCD2, "at").ties(Ties.QUARANTINE).acceptLate(Duration.ofDays(2)));
    land("a.csv", "('1', 'Delft', '2026-07-01'), ('2', 'Gouda', '2026-07-01')");
    fixture.run(configuration);
    land("b.csv", "('1', 'Leiden', '2026-07-01'), ('2', 'Breda', '2026-07-05')");
    BatchResult second = fixture.run(configuration);
    land("c.csv", "('2', 'Assen', '2026-07-02'), ('2', 'Emmen', '2026-07-03')");
    BatchResult third = fixture.run(configuration);

    assertThat(second.account().quarantined()).isEqualTo(1);
    assertThat(second.account().balanced()).isTrue();
    assertThat(third.account()).isEqualTo(new Account(2, 0, 0, 1, 0, 0, 0, 1, 0));
    assertThat(texts(TableName.quarantine("customers"), "rules[0], get_json_object(raw, '$.id')"))
        .containsExactlyInAnyOrder("tie 1", "late 2");
    assertThat(fixture.read(TableName.silver("customers__events")).count())
        .isEqualTo(second.account().expanded() + 4);
    assertThat(fixture.discrepancies(TableName.silver("customers"))).isEmpty();
  }

  @Test
  void tiesHoldTheBatchUntilSomebodyAcceptsThem() {
    CleanConfiguration configuration = customers(Histories.of(Keep.SCD1, "at").ties(Ties.FAIL));
    land("a.csv", "('1', 'Delft', '2026-07-01'), ('1', 'Leiden', '2026-07-01')");

    BatchResult held = fixture.run(configuration);
    BatchResult accepted = fixture.run(configuration, CleanFixture.accept("ties"));

    assertThat(held.outcome()).isEqualTo(Outcome.HELD);
    assertThat(held.notes()).anyMatch(note -> note.startsWith("ties: 1 events have the key"));
    assertThat(accepted.account()).isEqualTo(new Account(2, 0, 0, 1, 0, 1, 0, 0, 0));
    assertThat(fixture.read(TableName.silver("customers")).count()).isEqualTo(1);
  }

  private static Configurations keyed() {
    return Configurations.of("customers").sharing(LANDING).column("id int key");
  }

  private static CleanConfiguration customers(Histories history) {
    return keyed().column("city string").column("at date").history(history.build()).build();
  }

  private void land(String file, String values) {
    fixture.land(LANDING, file, "select * from values " + values + " as t(id, city, at)");
  }

  @Test
  void aDeleteThatTellsItsKeyAloneIsNotFilteredByAConditionOnOtherColumns() {
    CleanConfiguration configuration =
        keyed()
            .column("country string")
            .column("lsn int")
            .where("country <> 'TEST'")
            .history(Histories.of(Keep.SCD1, "lsn").deleteWhen("op = 'D'").build())
            .build();
    fixture.land(
        LANDING,
        "a.csv",
        """
        select * from values
          ('1', 'NL',   '1', 'I'),
          ('2', 'NL',   '1', 'I'),
          ('3', null,   '1', 'I'),
          ('4', 'TEST', '1', 'I'),
          ('1', null,   '2', 'D'),
          ('4', 'TEST', '2', 'D')
        as t(id, country, lsn, op)
        """);

    BatchResult result = fixture.run(configuration);

    assertThat(result.account().filtered()).isEqualTo(3);
    assertThat(fixture.read(TableName.silver("customers")).select("id").collectAsList())
        .extracting(row -> row.getInt(0))
        .containsExactly(2);
    CleanConfiguration resequenced =
        keyed()
            .column("country string")
            .column("lsn int")
            .history(Histories.of(Keep.SCD1, "country").build())
            .build();
    assertThatThrownBy(() -> fixture.run(resequenced))
        .hasMessageContaining("key [id], sequence [lsn]")
        .hasMessageContaining("key [id], sequence [country]");
  }

  private List<String> texts(TableName table, String columns) {
    return fixture
        .read(table)
        .selectExpr("concat_ws(' ', " + columns + ")")
        .as(Encoders.STRING())
        .collectAsList();
  }
}
