package io.assay.contract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_timestamp;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.MeasuredBatch;
import io.assay.batch.Metric;
import io.assay.batch.Series;
import io.assay.quality.BatchJudge;
import io.assay.quality.Finding;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Rules that compare a batch with earlier ones: values before and rows in, verdict out. */
class DeviationRulesTest {
  private static final String COLUMNS =
      """
          properties:
            - {name: x, logicalType: number}
            - {name: none, logicalType: number}
            - {name: at, logicalType: timestamp}
          quality:
      """;

  /** A Tuesday, and rows that end on the Monday before. */
  private static final Instant NOON = Instant.parse("2020-05-05T12:00:00Z");

  private static final Dataset<Row> ROWS =
      TestSpark.session()
          .sql(
              "select * from values (1.0D, timestamp'2020-05-04 08:00:00Z'), (2.0D, null),"
                  + " (3.0D, timestamp'2020-05-01 08:00:00Z'), (4.0D, null), (null, null)"
                  + " as t(x, at)")
          .selectExpr("x", "cast(null as double) none", "at");

  /** Each line: an implementation, the values of the days before, oldest first, and the result. */
  private static final String CASES =
      """
      constraint: hasSize, anomaly: absoluteChange, mustBeBetween: [-1, 1] | - | UNKNOWN
      constraint: hasSize, anomaly: absoluteChange, mustBeBetween: [-1, 1] | 9 4 | PASSED
      constraint: hasSize, anomaly: absoluteChange, mustBeBetween: [-1, 1] | 5 9 | FAILED
      constraint: hasSize, anomaly: zScore, mustBeBetween: [-3, 3] | 5 5 6 4 5 5 | UNKNOWN
      constraint: hasSize, anomaly: zScore, mustBeBetween: [-3, 3] | 5 5 6 4 5 5 5 | PASSED
      constraint: hasSize, anomaly: zScore, mustBeBetween: [-3, 3] | 50 50 60 40 50 50 50 | FAILED
      constraint: hasSize, anomaly: zScore, mustBeBetween: [-3, 3], history: 3 | 50 50 50 5 5 5 | PASSED
      constraint: hasSize, anomaly: interquartileRange, mustBeLessOrEqualTo: 1.5, minimum: 4 | 1 2 1 2 | FAILED
      constraint: hasCompleteness, column: x, anomaly: absoluteChange, mustBeGreaterOrEqualTo: -0.1 | 0.85 | PASSED
      constraint: hasCompleteness, column: x, anomaly: absoluteChange, mustBeGreaterOrEqualTo: -0.1 | 0.95 | FAILED
      constraint: hasMean, column: x, anomaly: relativeChange, mustBeBetween: [-0.2, 0.2] | 9 2.4 | PASSED
      constraint: hasMean, column: none, anomaly: relativeChange, mustBeBetween: [-0.2, 0.2] | - | UNKNOWN
      constraint: hasMean, column: none, anomaly: relativeChange, mustBeBetween: [-0.2, 0.2] | 1 | FAILED
      constraint: hasFreshness, column: at, anomaly: relativeChange, mustBeLessOrEqualTo: 1 | 14 | PASSED
      constraint: hasFreshness, column: at, anomaly: relativeChange, mustBeLessOrEqualTo: 1 | 10 | FAILED
      constraint: satisfies, condition: x > 1, anomaly: absoluteChange, mustBeBetween: [0, 1] | 0.6 | PASSED
      constraint: hasSize, anomaly: absoluteChange, mustBeBetween: [-0.5, 0.5], season: weekly | 5 9 9 9 9 9 9 | PASSED
      constraint: hasSize, anomaly: absoluteChange, mustBeBetween: [-0.5, 0.5], season: weekly | 9 9 9 9 9 9 | UNKNOWN
      constraint: hasSize, anomaly: absoluteChange, mustBeBetween: [-0.5, 0.5], season: weekly, time: at | 9 9 9 9 9 9 5 | PASSED
      constraint: hasSize, anomaly: absoluteChange, mustBeBetween: [-0.5, 0.5], season: weekly, time: at, timezone: Pacific/Kiritimati | 9 9 9 9 9 5 9 | PASSED
      constraint: hasSize, anomaly: absoluteChange, mustBeBetween: [-0.5, 0.5], season: weekly, time: at, minimum: 2 | 9 9 9 9 9 9 5 | UNKNOWN
      """;

  @Test
  void aValueIsJudgedByThoseOfTheBatchesBefore() {
    String told =
        CASES
            .lines()
            .map(line -> line.split(" \\| "))
            .map(
                parts ->
                    "%s | %s | %s\n"
                        .formatted(parts[0], parts[1], finding(parts[0], parts[1]).result()))
            .collect(Collectors.joining());

    assertThat(told).isEqualTo(CASES);
  }

  /** The same of other rules: where, the rule, its anomaly, the values before, the result. */
  private static final String OTHER_CASES =
      """
      table | metric: rowCount, mustBeGreaterThan: 0 | kind: relativeChange, mustBeGreaterOrEqualTo: -0.5 | 9 | PASSED
      table | metric: rowCount, mustBeGreaterThan: 0 | kind: relativeChange, mustBeGreaterOrEqualTo: -0.5 | 20 | FAILED
      table | metric: rowCount, mustBeGreaterThan: 0 | kind: absoluteChange, mustBeBetween: [-1, 1], season: weekly, time: at | 9 9 9 9 9 9 5 | PASSED
      x | metric: nullValues, mustBe: 0 | kind: absoluteChange, mustBeLessOrEqualTo: 1 | 0 | PASSED
      x | metric: nullValues, unit: percent, mustBeLessThan: 50 | kind: zScore, minimum: 3, mustBeLessOrEqualTo: 3 | 1 2 3 | FAILED
      x | metric: nullValues, unit: percent, mustBeLessThan: 50 | kind: zScore, minimum: 3, mustBeLessOrEqualTo: 3 | 1 2 | UNKNOWN
      x | metric: missingValues, arguments: {missingValues: [1]}, mustBe: 0 | kind: absoluteChange, mustBeLessOrEqualTo: 1 | 0 | FAILED
      x | metric: invalidValues, arguments: {validValues: [1, 2]}, mustBeLessThan: 5 | kind: interquartileRange, minimum: 4, mustBeLessOrEqualTo: 1.5 | 0 1 0 1 | PASSED
      x | metric: invalidValues, arguments: {validValues: [1, 2]}, mustBeLessThan: 5 | kind: interquartileRange, minimum: 4, mustBeLessOrEqualTo: 1.5 | 0 0 0 1 | FAILED
      x | metric: duplicateValues, mustBeLessThan: 5 | kind: absoluteChange, mustBeBetween: [-1, 1] | 3 | FAILED
      x | type: sql, query: x < 3, mustBe: true | kind: absoluteChange, mustBeLessOrEqualTo: 1 | 1 | PASSED
      x | type: sql, query: x < 3, mustBe: true | kind: absoluteChange, mustBeLessOrEqualTo: 1 | 0 | FAILED
      table | type: sql, query: 'SELECT sum(x) FROM ${object}', mustBeLessThan: 99 | kind: relativeChange, mustBeBetween: [-0.2, 0.2] | 9 | PASSED
      table | type: sql, query: 'SELECT sum(x) FROM ${object}', mustBeLessThan: 99 | kind: relativeChange, mustBeBetween: [-0.2, 0.2] | 7 | FAILED
      table | type: sql, query: 'SELECT sum(none) FROM ${object}', mustBeLessThan: 99 | kind: relativeChange, mustBeBetween: [-0.2, 0.2] | 7 | FAILED
      """;

  @Test
  void whatEveryOtherRuleMeasuresCanBeComparedToo() {
    String told =
        OTHER_CASES
            .lines()
            .map(line -> line.split(" \\| "))
            .map(
                parts ->
                    "%s | %s | %s | %s | %s\n"
                        .formatted(
                            parts[0],
                            parts[1],
                            parts[2],
                            parts[3],
                            found(compared(parts), parts[3], ROWS).result()))
            .collect(Collectors.joining());

    assertThat(told).isEqualTo(OTHER_CASES);
  }

  @Test
  void ofNoRowsOnlyTheirNumberIsCompared() {
    assertThat(
            OTHER_CASES
                .lines()
                .map(line -> line.split(" \\| "))
                .map(parts -> compared(parts))
                .filter(rule -> rule.deviation().orElseThrow().season().isEmpty())
                .map(rule -> found(rule, "9 9 9 9 9 9 9", ROWS.where("false")))
                .filter(finding -> finding.result() != Finding.Result.UNKNOWN)
                .map(Finding::message))
        .containsOnly(
            "expected relative change of row count at least -0.5, found 0 after 9 (rows)");
  }

  @Test
  void aSeasonLooksBackFurther() {
    assertThat(
            Stream.of("", ", season: weekly", ", season: weekly, history: 8")
                .map(more -> "kind: zScore, mustBeLessOrEqualTo: 3" + more)
                .map(said -> compared(new String[] {"table", "metric: rowCount, mustBe: 1", said}))
                .map(rule -> rule.deviation().orElseThrow())
                .map(deviation -> deviation.minimum() + " of " + deviation.history()))
        .containsExactly("7 of 30", "7 of 90", "7 of 8");
  }

  /** The batch is of a Monday and judged on a Tuesday; the time far ahead is of a Saturday. */
  @Test
  void aRowAheadOfTheClockDoesNotMoveItsBatchToAnotherDay() {
    BatchRule rule =
        compared(
            new String[] {
              "table",
              "metric: rowCount, mustBeGreaterThan: 0",
              "kind: absoluteChange, mustBeBetween: [-0.5, 0.5], season: weekly, time: at"
            });
    Column ahead = to_timestamp(lit("2999-01-05 00:00:00Z"));

    assertThat(
            found(
                    rule,
                    "9 9 9 9 9 9 5",
                    ROWS.withColumn("at", when(col("x").equalTo(2), ahead).otherwise(col("at"))))
                .result())
        .isEqualTo(Finding.Result.PASSED);
    assertThat(found(rule, "5 9 9 9 9 9 9", ROWS.withColumn("at", ahead)).result())
        .isEqualTo(Finding.Result.PASSED);
  }

  private static BatchRule compared(String[] parts) {
    String quality =
        "quality: [{%s, customProperties: [{property: anomaly, value: {%s}}]}]"
            .formatted(parts[1], parts[2]);
    boolean ofColumn = parts[0].equals("x");
    return WrittenContract.of(
            """
                properties:
                  - {name: x, logicalType: number%s}
                  - {name: none, logicalType: number}
                  - {name: at, logicalType: timestamp}
                %s
            """
                .formatted(ofColumn ? ", " + quality : "", ofColumn ? "" : quality))
        .batchRules()
        .stream()
        .filter(rule -> rule.deviation().isPresent())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theMessageTellsTheValuesBefore() {
    assertThat(
            Stream.of(
                    finding(
                        "constraint: hasSize, anomaly: zScore, minimum: 3, mustBeBetween: [-3, 3]",
                        "50 60 40"),
                    finding(
                        "constraint: hasMean, column: x, anomaly: relativeChange, mustBeLessOrEqualTo: 0.2",
                        "2"),
                    finding(
                        "constraint: hasSize, anomaly: absoluteChange, mustBeLessOrEqualTo: 2",
                        "-"))
                .map(Finding::message))
        .containsExactly(
            "expected z score of row count from -3 to 3, found 5 after 3 values from 40 to 60",
            "expected relative change of mean of x at most 0.2, found 2.5 after 2",
            "expected absolute change of row count at most 2, found 5, and 0 of the 1 earlier"
                + " values that it takes to judge that");
  }

  @Test
  void rulesThatMeasureTheSameShareAMemory() {
    List<BatchRule> rules =
        WrittenContract.of(
                COLUMNS,
                List.of(
                    "constraint: hasSize, mustBeGreaterThan: 0",
                    "constraint: hasSize, anomaly: zScore, mustBeLessOrEqualTo: 3",
                    "constraint: hasSize, anomaly: zScore, season: weekly, time: at, mustBeLessOrEqualTo: 3",
                    "constraint: satisfies, condition: x > 1, mustBeGreaterThan: 0.5",
                    "constraint: satisfies, condition: x > 2, mustBeGreaterThan: 0.5"),
                "hold")
            .batchRules();

    List<String> series = rules.stream().map(BatchRule::series).toList();
    assertThat(series.get(0)).isEqualTo(series.get(1));
    assertThat(series.subList(1, 5)).doesNotHaveDuplicates();
    assertThat(rules)
        .extracting(BatchRule::name)
        .containsExactly(
            "row_count",
            "row_count_z_score",
            "row_count_z_score_2",
            "satisfied_share",
            "satisfied_share_2");
  }

  private static Finding finding(String implementation, String before) {
    BatchRule rule =
        WrittenContract.of(COLUMNS, List.of(implementation), "hold").batchRules().get(0);
    return found(rule, before, ROWS);
  }

  private static Finding found(BatchRule rule, String before, Dataset<Row> rows) {
    List<MeasuredBatch> past = new ArrayList<>();
    String[] values = before.equals("-") ? new String[0] : before.split(" ");
    for (int i = values.length - 1; i >= 0; i--) {
      Metric metric =
          new Metric(
              "another",
              Optional.empty(),
              "measured",
              Optional.of(Double.valueOf(values[i])),
              "passed",
              "",
              Optional.of(new Series(rule.series(), Optional.empty())));
      Instant clock = NOON.minus(Duration.ofDays(values.length - i));
      past.add(new MeasuredBatch(TableName.silver("t"), 5 + i, clock, List.of(metric)));
    }
    BatchJudge judge = new BatchJudge(NOON, table -> Optional.empty(), past::stream);
    return judge.findings(rows, List.of(), List.of(rule)).get(0);
  }
}
