package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Metric;
import io.assay.batch.Outcome;
import io.assay.contract.BatchRule;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.BatchRule.Threshold.Operator;
import io.assay.contract.JudgedRows;
import io.assay.contract.OnFailure;
import io.assay.quality.anomaly.Deviation;
import io.assay.quality.measure.Measure;
import io.assay.quality.measure.Statistic;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that judge the table as it will be with a batch. */
class TableRuleTest {
  private static final TableName BRONZE = TableName.bronze("t");
  private static final TableName SILVER = TableName.silver("t");
  private static final String READ_WHOLE = "was read whole";

  @TempDir Path folder;
  private CleanFixture fixture;

  @BeforeEach
  void warehouse() {
    fixture = new CleanFixture(folder.resolve("warehouse"));
  }

  private static BatchRule rule(
      String name, Measure measure, Threshold threshold, Optional<Deviation> deviation) {
    return new BatchRule(
        name,
        measure,
        threshold,
        Optional.empty(),
        OnFailure.HOLD,
        "",
        JudgedRows.TABLE,
        deviation);
  }

  private static BatchRule rule(String name, Measure measure, Operator operator, double operand) {
    return rule(
        name, measure, new Threshold(operator, operand, Optional.empty()), Optional.empty());
  }

  private static Measure value(Statistic statistic) {
    return new Measure.Aggregate(statistic, List.of("value"));
  }

  private static Configurations table() {
    return Configurations.of("t")
        .column("value double")
        .batchRule(rule("few", new Measure.RowCount(), Operator.MUST_BE_LESS_THAN, 10))
        .batchRule(rule("mean", value(Statistic.MEAN), Operator.MUST_BE_LESS_THAN, 100))
        .batchRule(rule("known", value(Statistic.COMPLETENESS), Operator.MUST_BE_GREATER_THAN, 0.5))
        .batchRule(
            rule(
                "peak",
                value(Statistic.MAXIMUM),
                new Threshold(Operator.MUST_BE_BETWEEN, -50, Optional.of(50.0)),
                Optional.of(
                    new Deviation(Deviation.Kind.ABSOLUTE_CHANGE, 1, 9, Optional.empty()))));
  }

  private void land(String file, String... values) {
    fixture.land(
        BRONZE,
        file,
        Stream.of(values)
            .map(value -> value.isEmpty() ? "(null)" : "('" + value + "')")
            .collect(Collectors.joining(", ", "select * from values ", " as t(value)")));
  }

  /** Of the newest batch; what is not measured is left out. */
  private Map<String, String> verdicts() {
    Map<String, String> verdicts = new TreeMap<>();
    for (Metric metric : fixture.ledger(SILVER).metrics(fixture.ledger(SILVER).newestBatch())) {
      if (List.of("few", "mean", "known", "peak", "sum").contains(metric.rule())) {
        verdicts.put(
            metric.rule(), metric.outcome() + metric.value().map(value -> " " + value).orElse(""));
      }
    }
    return verdicts;
  }

  private static void assertReadsTable(BatchResult result, boolean reads) {
    assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(result.notes().stream().anyMatch(note -> note.contains(READ_WHOLE)))
        .as("%s", result.notes())
        .isEqualTo(reads);
  }

  @Test
  void aBatchMeasuresTheTableAndReadsOnlyItself() throws IOException {
    CleanConfiguration configuration = table().build();
    // Before anything lands, a batch of no rows makes the tables.
    assertReadsTable(fixture.run(configuration), false);
    assertThat(verdicts())
        .isEqualTo(
            Map.of("few", "passed 0.0", "mean", "unknown", "known", "unknown", "peak", "unknown"));
    land("a", "10", "x", "20", "30");
    fixture.land(BRONZE, "nothing", "select '' value where false");
    land("b", "40", "x");
    assertReadsTable(fixture.runInSmallBatches(configuration), false);
    assertThat(verdicts())
        .isEqualTo(
            Map.of(
                "few",
                "passed 4.0",
                "mean",
                "passed 25.0",
                "known",
                "passed 1.0",
                "peak",
                "passed 40.0"));

    land("c", "", "y");
    List<Path> earlier = moveAway();
    assertReadsTable(fixture.run(configuration), false);
    moveBack(earlier);
    Map<String, String> inBatches = verdicts();
    assertThat(inBatches)
        .containsEntry("few", "passed 5.0")
        .containsEntry("mean", "passed 25.0")
        .containsEntry("known", "passed 0.8");

    fixture = new CleanFixture(folder.resolve("at once"));
    land("a", "10", "x", "20", "30", "40", "x", "", "y");
    fixture.run(configuration);
    inBatches.remove("peak");
    assertThat(verdicts()).containsAllEntriesOf(inBatches);
  }

  private List<Path> moveAway() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("warehouse/silver"))) {
      List<Path> data =
          files
              .filter(file -> file.toString().endsWith(".parquet"))
              .filter(file -> !file.toString().contains("_delta_log"))
              .toList();
      assertThat(data).isNotEmpty();
      for (Path file : data) {
        Files.move(file, file.resolveSibling(file.getFileName() + ".away"));
      }
      return data;
    }
  }

  private static void moveBack(List<Path> data) throws IOException {
    for (Path file : data) {
      Files.move(file.resolveSibling(file.getFileName() + ".away"), file);
    }
  }

  @Test
  void theTableIsReadOnceWhereNothingIsKnownOfIt() {
    land("a", "10", "20");
    fixture.run(Configurations.of("t").column("value double").build());
    land("b", "30");
    CleanConfiguration configuration = table().build();
    BatchResult first = fixture.run(configuration);
    assertThat(first.notes())
        .containsExactly(
            "silver.t was read whole at version 0, once: of its rows nothing was kept yet that"
                + " rules on the table need");
    assertThat(verdicts()).containsEntry("few", "passed 3.0").containsEntry("mean", "passed 20.0");
    land("c", "40");
    assertReadsTable(fixture.run(configuration), false);

    // One more rule; and rows that somebody takes away.
    CleanConfiguration more =
        table()
            .batchRule(rule("sum", value(Statistic.SUM), Operator.MUST_BE_GREATER_THAN, 0))
            .build();
    land("d", "0");
    assertReadsTable(fixture.run(more), true);
    assertThat(verdicts()).containsEntry("sum", "passed 100.0").containsEntry("few", "passed 5.0");
    fixture.delete(SILVER, "value = 40");
    land("e", "0");
    assertReadsTable(fixture.run(more), true);
    assertThat(verdicts()).containsEntry("sum", "passed 60.0").containsEntry("few", "passed 5.0");
    land("f", "1");
    assertReadsTable(fixture.run(more), false);

    // A rebuilt table is another one.
    CleanConfiguration doubled =
        table().expression("value", "doubled(cast(value as double))").build();
    assertThat(fixture.rebuild(doubled).outcome()).isEqualTo(Outcome.SUCCEEDED);
    land("g", "1");
    assertReadsTable(fixture.run(doubled), true);
    assertThat(verdicts()).containsEntry("few", "passed 8.0").containsEntry("mean", "passed 25.5");
  }

  @Test
  void rowsTakenAwayWhileABatchIsUnderWayAreNoticedByTheNext() {
    CleanConfiguration configuration = table().build();
    land("a", "10", "20");
    fixture.run(configuration);
    land("b", "30");
    CommitSeam disturbed =
        (point, commit) -> {
          if (point.step().equals("SILVER")) {
            fixture.delete(SILVER, "value = 10");
          }
          commit.run();
        };
    assertReadsTable(fixture.run(configuration, disturbed), false);
    land("c", "40");
    assertReadsTable(fixture.run(configuration), true);
    assertThat(verdicts()).containsEntry("few", "passed 3.0").containsEntry("mean", "passed 30.0");

    land("d", "20");
    CommitSeam halting =
        (point, commit) -> {
          commit.run();
          if (point.step().equals("SILVER")) {
            throw new IllegalStateException("halted");
          }
        };
    assertThatThrownBy(() -> fixture.run(configuration, halting)).hasMessage("halted");
    fixture.delete(SILVER, "value = 30");
    assertReadsTable(fixture.run(configuration), false);
    land("e", "10");
    assertReadsTable(fixture.run(configuration), true);
    assertThat(verdicts()).containsEntry("few", "passed 4.0").containsEntry("mean", "passed 22.5");
    land("f", "10");
    assertReadsTable(fixture.run(configuration), false);
    assertThat(verdicts()).containsEntry("few", "passed 5.0").containsEntry("mean", "passed 20.0");
  }

  @Test
  void aHeldOrRejectedBatchLeavesNoTraceAndAReplayCounts() {
    CleanConfiguration configuration = table().build();
    land("a", "10", "x", "20", "x");
    fixture.run(configuration);
    land("b", "1", "1", "1", "1", "1", "1", "1", "1");
    BatchResult held = fixture.run(configuration);
    assertThat(held.outcome()).isEqualTo(Outcome.HELD);
    assertThat(held.notes())
        .contains("few: expected row count in the whole table less than 10, found 10");
    assertThat(fixture.ledger(SILVER).states(2)).isEmpty();
    assertReadsTable(fixture.run(configuration, CleanFixture.reject()), false);
    land("c", "30");
    assertReadsTable(fixture.run(configuration), false);
    assertThat(verdicts()).containsEntry("few", "passed 3.0").containsEntry("mean", "passed 20.0");

    CleanConfiguration corrected =
        table().expression("value", "if(value = 'x', '40', value)").build();
    BatchResult replayed = fixture.replay(corrected);
    assertReadsTable(replayed, false);
    assertThat(replayed.account().applied()).isEqualTo(2);
    assertThat(verdicts()).containsEntry("few", "passed 5.0").containsEntry("mean", "passed 28.0");
    land("d", "1", "1", "1", "1", "1");
    assertThat(fixture.run(corrected).outcome()).isEqualTo(Outcome.HELD);
    assertReadsTable(fixture.run(corrected, CleanFixture.accept("few")), false);
    assertThat(verdicts())
        .containsEntry("few", "accepted 10.0")
        .containsEntry("mean", "passed 14.5")
        .containsEntry("peak", "passed 40.0");
  }
}
