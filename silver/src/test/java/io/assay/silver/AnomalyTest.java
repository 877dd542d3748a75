package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchResult;
import io.assay.batch.MeasuredBatch;
import io.assay.batch.Metric;
import io.assay.batch.Outcome;
import io.assay.contract.BatchRule;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.BatchRule.Threshold.Operator;
import io.assay.contract.JudgedRows;
import io.assay.contract.OnFailure;
import io.assay.quality.anomaly.Deviation;
import io.assay.quality.measure.Measure;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that are compared with those before them. */
class AnomalyTest {
  private static final TableName BRONZE = TableName.bronze("readings");
  private static final TableName SILVER = TableName.silver("readings");

  @TempDir Path folder;

  /** As many rows as in the batch before, give or take five. */
  private static Configurations readings() {
    BatchRule volume =
        new BatchRule(
            "volume",
            new Measure.RowCount(),
            new Threshold(Operator.MUST_BE_BETWEEN, -5, Optional.of(5.0)),
            Optional.empty(),
            OnFailure.HOLD,
            "",
            JudgedRows.INCOMING,
            Optional.of(new Deviation(Deviation.Kind.ABSOLUTE_CHANGE, 1, 30, Optional.empty())));
    return Configurations.of("readings").column("value int").batchRule(volume);
  }

  private static String rows(int bad, int good) {
    return "select if(id < %d, 'x', '1') value from range(%d)".formatted(bad, bad + good);
  }

  private static void succeeds(CleanFixture fixture, String file, int bad, int good) {
    fixture.land(BRONZE, file, rows(bad, good));
    assertThat(fixture.run(readings().build()).outcome()).as(file).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aBatchIsComparedWithWhatWasPublishedAndWithNothingElse() {
    CleanFixture fixture = new CleanFixture(folder);
    CleanConfiguration configuration = readings().build();
    // The tables are made by a batch of nothing, which is no delivery.
    fixture.run(configuration);
    succeeds(fixture, "first", 0, 20);

    fixture.land(BRONZE, "far too many", rows(0, 60));
    BatchResult held = fixture.run(configuration);
    assertThat(held.outcome()).isEqualTo(Outcome.HELD);
    assertThat(held.notes())
        .contains("volume: expected absolute change of row count from -5 to 5, found 60 after 20");
    // It is not compared with itself.
    assertThat(fixture.run(configuration).outcome()).isEqualTo(Outcome.HELD);
    assertThat(fixture.run(configuration, CleanFixture.reject()).outcome())
        .isEqualTo(Outcome.SUCCEEDED);
    succeeds(fixture, "as the first", 3, 21);

    fixture.land(BRONZE, "a lasting change", rows(0, 40));
    assertThat(fixture.run(configuration).outcome()).isEqualTo(Outcome.HELD);
    assertThat(fixture.run(configuration, CleanFixture.accept("volume")).outcome())
        .isEqualTo(Outcome.SUCCEEDED);
    succeeds(fixture, "as it is now", 0, 42);

    // Three rows are no usual batch, and need not be.
    CleanConfiguration corrected =
        readings().expression("value", "if(value = 'x', '0', value)").build();
    assertThat(fixture.replay(corrected).account().applied()).isEqualTo(3);
    succeeds(fixture, "after the replay", 0, 41);

    assertThat(series(fixture)).containsExactly(20.0, 24.0, 40.0, 42.0, 41.0);
  }

  @Test
  void aBatchThatIsDoneAgainSeesTheMemoryThatItSawAtFirst() {
    CleanFixture fixture = new CleanFixture(folder);
    succeeds(fixture, "a", 0, 20);
    succeeds(fixture, "b", 0, 22);
    String first = message(fixture, 2);
    assertThat(first).endsWith("found 22 after 20");

    succeeds(fixture, "c", 0, 25);
    try (BatchAttempt again = fixture.firstRows(readings().build(), 2)) {
      assertThat(again.stage().metrics())
          .extracting(Metric::message)
          .anyMatch(message -> message.endsWith("after 20"));
    }
    // A rebuild does not ask: its batches are those of before.
    assertThat(fixture.rebuild(readings().build()).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  private static String message(CleanFixture fixture, long batch) {
    return fixture.ledger(SILVER).metrics(batch).stream()
        .filter(metric -> metric.rule().equals("volume"))
        .findFirst()
        .orElseThrow()
        .message();
  }

  /** The rule's values that others are compared with, as {@code ops.quality_metrics} has them. */
  private static List<Double> series(CleanFixture fixture) {
    return fixture.measured(SILVER).stream()
        .map(MeasuredBatch::metrics)
        .flatMap(List::stream)
        .filter(metric -> metric.rule().equals("volume") && metric.series().isPresent())
        .map(metric -> metric.value().orElseThrow())
        .toList();
  }
}
