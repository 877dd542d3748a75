package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Outcome;
import io.assay.config.History;
import io.assay.config.History.Keep;
import io.assay.config.History.Track;
import io.assay.contract.OnFailure;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.silver.comparison.Difference.Changes;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebuildTest {
  private static final TableName LANDING = TableName.bronze("office");
  private static final TableName SILVER = TableName.silver("customers");
  private static final TableName HISTORY = TableName.history("customers");
  private static final TableName EVENTS = TableName.events("customers");
  private static final TableName QUARANTINE = TableName.quarantine("customers");

  @TempDir Path folder;
  private CleanFixture fixture;

  @BeforeEach
  void open() {
    fixture = new CleanFixture(folder);
  }

  private static Configurations customers(String... keys) {
    Configurations configurations = Configurations.of("customers").sharing(LANDING);
    for (String column : List.of("id", "branch")) {
      configurations.column(column + (List.of(keys).contains(column) ? " int key" : " int"));
    }
    return configurations
        .column("city string")
        .column("visits int")
        .column("lsn int")
        .column("at timestamp");
  }

  private static History history(Keep keep, Track track, String... sequence) {
    return Histories.of(keep, sequence).validTime("at").deleteWhen("op = 'D'").track(track).build();
  }

  private static CleanConfiguration scd2() {
    return customers("id")
        .rule("no_atlantis", "city", "city <> 'Atlantis'", OnFailure.QUARANTINE)
        .gate(20)
        .history(history(Keep.SCD2, new Track(List.of(), List.of("visits")), "lsn"))
        .build();
  }

  /** Three files: the second is turned away, the third let through, and holds a late event. */
  private void threeBatches(CleanConfiguration configuration) {
    land(
        "a.csv",
        """
        ('1', '7', 'Delft', '1', '10', '2026-07-01 10:00:00', 'I'),
        ('2', '7', 'Gouda', '1', '10', '2026-07-01 10:00:00', 'I'),
        ('1', '7', 'Breda', '2', '30', '2026-07-03 10:00:00', 'U')\
        """);
    fixture.run(configuration);
    land("b.csv", "('2', '7', 'Atlantis', '1', '20', '2026-07-02 10:00:00', 'U')");
    assertThat(fixture.run(configuration).outcome()).isEqualTo(Outcome.HELD);
    fixture.run(configuration, CleanFixture.reject());
    land(
        "c.csv",
        """
        ('3', '8', 'Atlantis', '1', '20', '2026-07-02 10:00:00', 'I'),
        ('2', '7', 'Gouda', '5', '25', '2026-07-02 12:00:00', 'U'),
        ('1', '8', 'Leiden', '1', '20', '2026-07-02 10:00:00', 'U'),
        ('2', '7', null, null, '40', '2026-07-04 10:00:00', 'D')\
        """);
    assertThat(fixture.run(configuration).outcome()).isEqualTo(Outcome.HELD);
    fixture.run(configuration, CleanFixture.accept("gate"));
  }

  private void land(String file, String values) {
    fixture.land(
        LANDING,
        file,
        "select * from values " + values + " as t(id, branch, city, visits, lsn, at, op)");
  }

  /** All rows of all tables, without what is different each time: the batch. */
  private Map<TableName, List<String>> tables() {
    Map<TableName, List<String>> tables = new TreeMap<>();
    for (TableName table : List.of(SILVER, HISTORY, EVENTS, QUARANTINE)) {
      if (fixture.state(table).exists()) {
        tables.put(
            table,
            fixture.read(table).drop("_batch").collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList());
      }
    }
    return tables;
  }

  private Map<TableName, Long> versions() {
    Map<TableName, Long> versions = new TreeMap<>();
    for (TableName table : List.of(SILVER, HISTORY, EVENTS, QUARANTINE)) {
      versions.put(table, fixture.state(table).version());
    }
    return versions;
  }

  @Test
  void aRebuildGivesTheSameTableWithTheSameDecisionsAndRepairsWhatWasLost() throws IOException {
    CleanConfiguration configuration = scd2();
    assertThatThrownBy(() -> fixture.rehearse(configuration))
        .hasMessageContaining("silver.customers has no batch yet");
    threeBatches(configuration);
    Map<TableName, List<String>> original = tables();
    Map<String, String> properties = fixture.properties(HISTORY);

    fixture.delete(HISTORY, "id = 1 and city = 'Leiden'");
    fixture.delete(EVENTS, "id = 2 and lsn = 25");
    assertThat(fixture.discrepancies(SILVER)).isNotEmpty();

    BatchResult rebuilt = fixture.rebuild(configuration);

    RebuildPreview told = fixture.told();
    assertThat(told.batches()).isEqualTo(3);
    assertThat(told.before()).isEqualTo(told.after());
    assertThat(told.difference().before()).isEqualTo(3);
    assertThat(told.difference().rows()).isEqualTo(new Changes(1, 0, 0));
    assertThat(told.difference().keys()).isEqualTo(new Changes(0, 0, 1));
    assertThat(rebuilt.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(rebuilt.account()).isEqualTo(told.after());
    assertThat(tables()).isEqualTo(original);
    assertThat(fixture.properties(HISTORY)).isEqualTo(properties);
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
    assertThat(fixture.proved(configuration)).isTrue();
    assertThat(fixture.leavesShadow(SILVER)).isFalse();

    land("e.csv", "('1', '8', 'Delft', '9', '50', '2026-07-09 10:00:00', 'U')");
    BatchResult next = fixture.run(configuration);
    assertThat(next.account().read()).isEqualTo(1);
    assertThat(next.account().applied()).isEqualTo(1);
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
    Map<TableName, Long> versions = versions();
    assertThat(fixture.rebuild(configuration).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(fixture.told().batches()).isEqualTo(4);
    assertThat(versions()).isEqualTo(versions);
  }

  @Test
  void aChangedKeySequenceOrTrackIsTakenInByARebuildAndByNothingElse() {
    CleanConfiguration first = scd2();
    threeBatches(first);
    CleanConfiguration changed =
        customers("id", "branch")
            .rule("no_atlantis", "city", "city <> 'Atlantis'", OnFailure.QUARANTINE)
            .gate(20)
            .history(history(Keep.SCD2, Track.ALL, "lsn", "visits"))
            .build();
    assertThatThrownBy(() -> fixture.run(changed))
        .hasMessageContaining("key [id], sequence [lsn]")
        .hasMessageContaining("make them anew with assay rebuild silver.customers");

    fixture.rebuild(changed);

    assertThat(fixture.told().changes()).isTrue();

    assertThat(fixture.proved(changed)).isTrue();
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
    assertThat(
            fixture
                .read(HISTORY)
                .orderBy("id", "branch", "lsn")
                .selectExpr("concat_ws(' ', id, branch, city, day(valid_from), day(valid_to))")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("1 7 Delft 1 3", "1 7 Breda 3", "1 8 Leiden 2", "2 7 Gouda 1");
    land("e.csv", "('1', '8', 'Delft', '9', '50', '2026-07-09 10:00:00', 'U')");
    assertThat(fixture.run(changed).account().applied()).isEqualTo(1);
    assertThat(fixture.discrepancies(SILVER)).isEmpty();

    CleanConfiguration current =
        customers("id").history(history(Keep.SCD1, Track.ALL, "lsn")).build();
    assertThatThrownBy(() -> fixture.run(current)).hasMessageContaining("a new name");
    assertThatThrownBy(() -> fixture.rehearse(current))
        .hasMessageContaining("history.keep: scd2")
        .extracting(thrown -> ((AssayException) thrown).exitCode())
        .isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void aRebuildThatABatchWouldHoldStopsUntilTheRuleIsAccepted() throws IOException {
    CleanConfiguration loose = customers().gate(90).build();
    land(
        "a.csv",
        """
        ('1', '7', 'Delft', '1', '10', '2026-07-01 10:00:00', 'I'),
        ('2', '7', 'Gouda', '1', '10', '2026-07-01 10:00:00', 'I')\
        """);
    fixture.run(loose);
    land("b.csv", "('3', '7', 'Breda', '1', '10', '2026-07-01 10:00:00', 'I')");
    fixture.run(loose);
    assertThatThrownBy(() -> fixture.rehearse(strict(1)))
        .hasMessageContaining("versions 0 to 0 of bronze.office would be held now (gate:")
        .extracting(thrown -> ((AssayException) thrown).exitCode())
        .isEqualTo(ExitCode.QUALITY);

    haltedAfter("INTENT", strict(1));
    assertThat(fixture.run(strict(1)).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(fixture.read(SILVER).count()).isEqualTo(3);

    haltedAfter("QUARANTINE", strict(1));
    assertThatThrownBy(() -> fixture.rehearse(strict(1))).hasMessageContaining("was interrupted");
    completed(strict(1), "[Delft,2]", "[Breda,2]");

    haltedAfter("EPOCH", strict(2));
    completed(strict(2), "[Delft,3]", "[Breda,3]");

    fixture.rebuild(loose);
    assertThat(fixture.read(QUARANTINE).count()).isZero();
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
  }

  @Test
  void aBatchThatIsHeldStaysHeldOverTheSameRangeBehindARebuild() {
    CleanConfiguration tolerant = customers().gate(50).build();
    land("a.csv", "('1', '7', 'Delft', '1', '10', '2026-07-01 10:00:00', 'I')");
    fixture.run(tolerant);
    land("b.csv", "('2', '7', 'Gouda', 'many', '10', '2026-07-01 10:00:00', 'I')");
    assertThat(fixture.run(tolerant).outcome()).isEqualTo(Outcome.HELD);
    land("c.csv", "('3', '7', 'Breda', '3', '10', '2026-07-01 10:00:00', 'I')");
    CleanConfiguration changed = customers().gate(50).expression("city", "upper(city)").build();

    assertThat(fixture.rehearse(changed).batches()).isEqualTo(1);
    assertThat(fixture.rebuild(changed).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(fixture.ask(SILVER, "city", "visits")).containsExactly("[DELFT,1]");
    assertThat(fixture.ledger(SILVER).waiting()).isPresent();

    // Together with the next file it would pass the gate.
    BatchResult held = fixture.run(changed);
    assertThat(held.outcome()).isEqualTo(Outcome.HELD);
    assertThat(held.notes()).anyMatch(note -> note.startsWith("gate: 1 of 1 rows"));
    fixture.rebuild(tolerant);
    assertThat(fixture.run(tolerant, CleanFixture.reject()).account().quarantined()).isEqualTo(1);
    assertThat(fixture.ask(SILVER, "city", "visits")).containsExactly("[Delft,1]", "[Breda,3]");
    assertThat(fixture.ledger(SILVER).waiting()).isEmpty();
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
  }

  private static CleanConfiguration strict(int more) {
    return customers()
        .rule("no_gouda", "city", "city <> 'Gouda'", OnFailure.QUARANTINE)
        .expression("visits", "visits + " + more)
        .gate(10)
        .build();
  }

  private void haltedAfter(String step, CleanConfiguration configuration) {
    CommitSeam seam =
        (point, commit) -> {
          commit.run();
          if (point.step().equals(step)) {
            throw new IllegalStateException("halted after " + step);
          }
        };
    assertThatThrownBy(() -> fixture.rebuild(configuration, CleanFixture.accept("gate"), seam))
        .hasMessageContaining("halted after " + step);
  }

  /** A normal run completes the rebuild, and nothing is left to do. */
  private void completed(CleanConfiguration configuration, String... rows) {
    fixture.run(configuration);
    assertThat(fixture.ask(SILVER, "city", "visits")).containsExactly(rows);
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
    assertThat(fixture.run(configuration).outcome()).isEqualTo(Outcome.UNCHANGED);
  }
}
