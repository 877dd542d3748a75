package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchResult;
import io.assay.batch.BatchStep;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.contract.BatchRule;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.BatchRule.Threshold.Operator;
import io.assay.contract.OnFailure;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.quality.measure.Measure;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldBatchTest {
  private static final TableName BRONZE = TableName.bronze("readings");
  private static final TableName SILVER = TableName.silver("readings");
  private static final TableName QUARANTINE = TableName.quarantine("readings");

  @TempDir Path folder;

  private static Configurations readings() {
    return Configurations.of("readings").column("value int required").gate(10);
  }

  private static BatchRule moreThan(int rows) {
    return new BatchRule(
        "enough",
        new Measure.RowCount(),
        new Threshold(Operator.MUST_BE_GREATER_THAN, rows, Optional.empty()),
        Optional.empty(),
        OnFailure.HOLD,
        "");
  }

  private static String rows(int bad, int good) {
    return "select if(id < %d, 'x', '1') value from range(%d)".formatted(bad, bad + good);
  }

  @Test
  void theGateLetsATenthThroughAndHoldsMoreUntilAPersonDecides() {
    CleanFixture fixture = new CleanFixture(folder);
    CleanConfiguration configuration = readings().build();
    fixture.land(BRONZE, "a", rows(1, 9));
    assertThat(fixture.run(configuration).outcome()).isEqualTo(Outcome.SUCCEEDED);

    fixture.land(BRONZE, "b", rows(2, 8));
    BatchResult held = fixture.run(configuration);
    assertThat(held.outcome()).isEqualTo(Outcome.HELD);
    assertThat(held.exitCode()).isEqualTo(ExitCode.QUALITY);
    assertThat(held.account().balanced()).isTrue();
    assertThat(held.notes())
        .contains(
            "gate: 2 of 10 rows (20.0 %) would go to quarantine, and 10 % are allowed;"
                + " most often broken: value_type 2");
    assertThat(fixture.run(configuration).outcome()).isEqualTo(Outcome.HELD);
    assertThat(fixture.read(SILVER).count()).isEqualTo(9);
    assertThat(fixture.read(QUARANTINE).count()).isEqualTo(1);

    assertThat(fixture.run(configuration, CleanFixture.accept("gat")).notes())
        .contains("--accept gat: no rule of this name was judged", "batch 3 is held");
    BatchResult accepted = fixture.run(configuration, CleanFixture.accept("gate"));
    assertThat(accepted.account()).isEqualTo(new Account(10, 0, 0, 8, 0, 0, 0, 2, 0));
    assertThat(fixture.read(SILVER).count()).isEqualTo(17);

    fixture.land(BRONZE, "c", rows(5, 5));
    fixture.run(configuration);
    BatchResult rejected = fixture.run(configuration, CleanFixture.reject());
    assertThat(rejected.account()).isEqualTo(new Account(10, 0, 0, 0, 0, 0, 0, 10, 0));
    assertThat(fixture.read(SILVER).count()).isEqualTo(17);
    assertThat(fixture.ask(QUARANTINE, "rules").subList(3, 13))
        .containsOnly("[WrappedArray(rejected, value_type)]", "[WrappedArray(rejected)]");
    assertThat(fixture.run(configuration).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void aBatchThatIsRolledForwardIsWholeEvenIfItWouldBeHeldNow() {
    CleanFixture fixture = new CleanFixture(folder);
    fixture.land(BRONZE, "a", rows(5, 5));
    try (BatchAttempt batch = fixture.firstBatch(readings().build())) {
      assertThat(batch.stage().held()).isTrue();

      assertThat(batch.steps()).extracting(BatchStep::table).containsExactly(QUARANTINE, SILVER);
      assertThat(batch.account()).isEqualTo(new Account(10, 0, 0, 5, 0, 0, 0, 5, 0));
    }
  }

  @Test
  void aFirstBatchThatIsRejectedLeavesAnEmptyTable() {
    CleanFixture fixture = new CleanFixture(folder);
    fixture.land(BRONZE, "a", rows(5, 5));
    assertThat(fixture.run(readings().build()).outcome()).isEqualTo(Outcome.HELD);
    assertThat(fixture.state(SILVER).exists()).isFalse();

    BatchResult rejected = fixture.run(readings().build(), CleanFixture.reject());

    assertThat(rejected.account()).isEqualTo(new Account(10, 0, 0, 0, 0, 0, 0, 10, 0));
    assertThat(fixture.read(SILVER).count()).isZero();
    assertThat(fixture.read(SILVER).columns()).startsWith("value");
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
  }

  @Test
  void aBatchRuleHoldsBeforeAnythingIsPublished() {
    CleanFixture fixture = new CleanFixture(folder);
    fixture.land(BRONZE, "a", rows(0, 3));
    BatchResult held = fixture.run(readings().batchRule(moreThan(4)).build());
    assertThat(held.notes()).contains("enough: expected row count more than 4, found 3");
    assertThat(fixture.state(SILVER).exists()).isFalse();
    assertThat(fixture.state(QUARANTINE).exists()).isFalse();

    // The rule is taken out of the contract, and the batch goes through.
    assertThat(fixture.run(readings().build()).outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void whereNothingEverCameNothingIsHeldAndWhatComesIsTaken() {
    CleanFixture fixture = new CleanFixture(folder);
    CleanConfiguration configuration = readings().batchRule(moreThan(0)).build();

    assertThat(fixture.run(configuration).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(fixture.read(SILVER).count()).isZero();
    assertThat(fixture.ledger(SILVER).metrics(1))
        .anySatisfy(
            metric -> {
              assertThat(metric.rule()).isEqualTo("enough");
              assertThat(metric.outcome()).isEqualTo("failed");
            });
    fixture.land(BRONZE, "a", rows(0, 2));
    assertThat(fixture.run(configuration).account().applied()).isEqualTo(2);
    // One that was held before this was so gives way.
    assertThat(fixture.outdated(configuration, TableRange.beforeCreation(BRONZE))).isTrue();
  }

  @Test
  void unknownAndMissingFieldsHoldTheBatchByName() {
    CleanFixture fixture = new CleanFixture(folder);
    fixture.land(BRONZE, "a", "select '1' value, 'x' colour, cast(null as string) size");
    BatchResult drifted = fixture.run(readings().failOnDrift().build());
    assertThat(drifted.outcome()).isEqualTo(Outcome.HELD);
    assertThat(drifted.notes())
        .anyMatch(
            note ->
                note.startsWith(
                    "drift: 1 of the rows have fields that the contract does not know: colour;"));

    BatchResult missing = fixture.run(readings().column("unit string required").build());
    assertThat(missing.notes())
        .contains(
            "gate: 1 of 1 rows (100.0 %) would go to quarantine, and 10 % are allowed;"
                + " most often broken: unit_required 1");
    assertThat(
            fixture.run(readings().failOnDrift().build(), CleanFixture.accept("drift")).outcome())
        .isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aHeldBatchGivesWayWhenItsInputIsMadeAnew() throws IOException {
    CleanFixture fixture = new CleanFixture(folder);
    CleanConfiguration configuration = readings().build();
    fixture.land(BRONZE, "a", rows(0, 3));
    fixture.run(configuration, Decision.NONE);
    fixture.land(BRONZE, "b", rows(5, 5));
    assertThat(fixture.run(configuration).outcome()).isEqualTo(Outcome.HELD);
    fixture.drop(BRONZE);
    fixture.drop(SILVER);
    fixture.land(BRONZE, "c", rows(0, 2));
    fixture.land(BRONZE, "d", rows(0, 4));

    assertThatThrownBy(() -> fixture.run(configuration, CleanFixture.accept("gate")))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("bronze.readings was created anew");
    fixture.run(configuration);

    assertThat(fixture.read(SILVER).groupBy("_source.origin").count().collectAsList())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("[c,2]", "[d,4]");
    assertThat(fixture.run(configuration).outcome()).isEqualTo(Outcome.UNCHANGED);
  }
}
