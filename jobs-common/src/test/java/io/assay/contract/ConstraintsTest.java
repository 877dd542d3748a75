package io.assay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.quality.BatchJudge;
import io.assay.quality.Finding;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Rules of {@code engine: deequ} as a contract writes them: rows in, verdict out. */
class ConstraintsTest {
  private static final String COLUMNS =
      """
          properties:
            - {name: x, logicalType: number}
            - {name: y, logicalType: integer}
            - {name: nan, logicalType: number}
            - {name: none, logicalType: number}
            - {name: word, logicalType: string}
            - {name: list, logicalType: array, items: {logicalType: string}}
            - {name: at, logicalType: timestamp}
            - {name: day, logicalType: date}
          quality:
      """;

  /** As stored rows are: every column may be null. */
  private static final Dataset<Row> ROWS =
      TestSpark.compiling()
          .createDataFrame(
              TestSpark.compiling()
                  .sql(
                      "select * from values"
                          + " (1.0D, 2L, 1.0D, cast(null as double), 'a', array('p'),"
                          + "   timestamp'2020-05-01 10:00:00Z', date'2020-05-02'),"
                          + " (2.0D, 4L, double('NaN'), null, 'bb', null, null, null),"
                          + " (3.0D, 6L, 3.0D, null, 'bb', null,"
                          + "   timestamp'2020-05-01 18:30:00Z', date'2020-04-01'),"
                          + " (4.0D, 8L, null, null, '', array(), null, null),"
                          + " (null, 9L, 5.0D, null, null, array('q'), null, null)")
                  .collectAsList(),
              StructType.fromDDL(
                  "x double, y bigint, nan double, none double, word string, list array<string>,"
                      + " at timestamp, day date"));

  private static final BatchJudge NOON_AFTER =
      new BatchJudge(Instant.parse("2020-05-02T12:00:00Z"), ConstraintsTest::lookUp);

  /** Each line: an implementation, and what is found of it. */
  private static final String CASES =
      """
      constraint: isComplete, column: x | FAILED 0.8
      constraint: isComplete, column: y | PASSED 1.0
      constraint: hasCompleteness, column: list, mustBe: 0.6 | PASSED 0.6
      constraint: hasCompleteness, column: nan, mustBe: 0.8 | PASSED 0.8
      constraint: hasCompleteness, column: none, mustBeLessThan: 0.1 | PASSED 0.0
      constraint: isUnique, column: y | PASSED 1.0
      constraint: isUnique, column: x | PASSED 1.0
      constraint: isUnique, columns: [x, word] | PASSED 1.0
      constraint: hasUniqueness, column: word, mustBeGreaterThan: 0.5 | FAILED 0.5
      constraint: hasUniqueness, column: none, mustBe: 0 | FAILED nothing
      constraint: hasDistinctness, column: word, mustBe: 0.75 | PASSED 0.75
      constraint: hasDistinctness, column: nan, mustBe: 1 | PASSED 1.0
      constraint: hasApproxCountDistinct, column: word, mustBe: 3 | PASSED 3.0
      constraint: hasApproxCountDistinct, column: none, mustBe: 0 | PASSED 0.0
      constraint: hasEntropy, column: word, mustBeBetween: [1.03, 1.04] | PASSED 1.0397
      constraint: hasMutualInformation, columns: [x, y], mustBeGreaterThan: 1 | PASSED 1.2876
      constraint: hasMin, column: x, mustBe: 1 | PASSED 1.0
      constraint: hasMin, column: nan, mustBe: 1 | PASSED 1.0
      constraint: hasMin, column: none, mustNotBe: 1 | FAILED nothing
      constraint: hasMax, column: y, mustBeLessOrEqualTo: 9 | PASSED 9.0
      constraint: hasMax, column: nan, mustNotBe: 5 | FAILED NaN
      constraint: hasMean, column: x, mustBeBetween: [2, 3] | PASSED 2.5
      constraint: hasMean, column: nan, mustBeGreaterThan: 0 | FAILED NaN
      constraint: hasSum, column: x, mustNotBeBetween: [9, 11] | FAILED 10.0
      constraint: hasStandardDeviation, column: x, mustBeLessThan: 1.2 | PASSED 1.118
      constraint: hasCorrelation, columns: [x, y], mustBeGreaterThan: 0.99 | PASSED 1.0
      constraint: hasCorrelation, columns: [x, none], mustBeGreaterThan: 0 | FAILED nothing
      constraint: hasApproxQuantile, column: x, quantile: 0.5, mustBe: 2 | PASSED 2.0
      constraint: hasExactQuantile, column: x, quantile: 0.5, mustBe: 2.5 | PASSED 2.5
      constraint: hasExactQuantile, column: nan, quantile: 1, mustBe: 5 | FAILED NaN
      constraint: hasExactQuantile, column: none, quantile: 1, mustBe: 5 | FAILED nothing
      constraint: hasMinLength, column: word, mustBe: 1 | FAILED 0.0
      constraint: hasMaxLength, column: word, mustBe: 2 | PASSED 2.0
      constraint: hasPattern, column: word, pattern: '^b+$' | FAILED 0.4
      constraint: hasPattern, column: word, pattern: '^b+$', mustBeGreaterThan: 0.3 | PASSED 0.4
      constraint: isContainedIn, column: word, values: [a, bb, ''] | PASSED 1.0
      constraint: isContainedIn, column: y, values: [2, 4], mustBe: 0.4 | PASSED 0.4
      constraint: isNonNegative, column: nan | PASSED 1.0
      constraint: isPositive, column: x | PASSED 1.0
      constraint: hasHistogramValues, column: word, value: bb, mustBe: 0.4 | PASSED 0.4
      constraint: satisfies, condition: small(x) AND y > 2 | FAILED 0.6
      constraint: hasSize, mustBeGreaterThan: 4 | PASSED 5.0
      constraint: hasReferentialIntegrity, column: word, references: silver.words | FAILED 0.8
      constraint: hasReferentialIntegrity, columns: [nan, word], references: silver.words, referenced: [n, word], mustBe: 0.8 | PASSED 0.8
      constraint: hasReferentialIntegrity, column: word, references: gold.none, mustBeLessThan: 0.3 | PASSED 0.2
      constraint: hasFreshness, column: at, mustBeLessThan: 17 | FAILED 17.5
      constraint: hasFreshness, column: at, unit: minutes, mustBe: 1050 | PASSED 1050.0
      constraint: hasFreshness, column: day, unit: days, mustBeLessThan: 1 | PASSED 0.5
      """;

  @Test
  void everyConstraintIsMeasuredOfTheSameRows() {
    List<String> found =
        NOON_AFTER.findings(ROWS, List.of(), rules()).stream()
            .map(finding -> finding.result() + " " + value(finding))
            .toList();

    List<String> written = WrittenContract.implementations(CASES);
    String told =
        IntStream.range(0, found.size())
            .mapToObj(i -> written.get(i) + " | " + found.get(i) + "\n")
            .collect(Collectors.joining());
    assertThat(told).isEqualTo(CASES);
  }

  /** The column has 10:00 and 18:30 of the first of May. */
  @Test
  void rowsAheadOfTheClockDoNotMakeABatchFresh() {
    List<BatchRule> freshness =
        WrittenContract.of(
                COLUMNS, List.of("constraint: hasFreshness, column: at, mustBe: 2"), "hold")
            .batchRules();

    assertThat(
            Stream.of("12:00", "19:00", "10:00", "09:00")
                .map(hour -> Instant.parse("2020-05-01T" + hour + ":00Z"))
                .map(clock -> new BatchJudge(clock, ConstraintsTest::lookUp))
                .map(judge -> value(judge.findings(ROWS, List.of(), freshness).get(0))))
        .containsExactly("2.0", "0.5", "0.0", "-1.0");
  }

  @Test
  void aConstraintOnAShareOfTheRowsJudgesTheBatch() {
    Contract contract = WrittenContract.of(COLUMNS, WrittenContract.implementations(CASES), "warn");

    assertThat(contract.rowRules())
        .extracting(RowRule::name)
        .containsExactly(
            "x_completeness",
            "y_completeness",
            "word_pattern_share",
            "word_allowed_share",
            "nan_non_negative_share",
            "x_positive_share",
            "satisfied_share");
    assertThat(contract.rowRules()).extracting(RowRule::column).contains(Optional.of("word"));
  }

  @Test
  void theCommittedReferenceIsThatOfTheConstraints() {
    assertThat(Path.of(System.getProperty("assay.root")).resolve(RuleReference.PAGE))
        .as("out of step: run `bin/assay schema --write` and commit what it wrote")
        .hasContent(RuleReference.page());
  }

  @Test
  void everyConstraintHasACase() {
    for (Constraint constraint : Constraints.ALL) {
      assertThat(CASES).contains("constraint: " + constraint.name() + ",");
    }
  }

  @Test
  void ofNoRowsNothingIsSaidButTheirNumber() {
    List<Finding> found = NOON_AFTER.findings(ROWS.where("false"), List.of(), rules());

    assertThat(found).extracting(Finding::result).contains(Finding.Result.FAILED);
    assertThat(found)
        .filteredOn(finding -> !finding.metric().equals("row_count"))
        .extracting(Finding::result)
        .containsOnly(Finding.Result.UNKNOWN);
  }

  /** The example of Deequ's own README, and what it says is found. */
  @Test
  void deequsFiveItemsAreJudgedAsItsReadmeSays() {
    Contract contract =
        WrittenContract.of(
            """
                properties:
                  - {name: id, logicalType: integer}
                  - {name: product_name, logicalType: string}
                  - {name: description, logicalType: string}
                  - {name: priority, logicalType: string}
                  - {name: num_views, logicalType: integer}
                quality:
            """,
            List.of(
                "constraint: hasSize, mustBe: 5",
                "constraint: isComplete, column: id",
                "constraint: isUnique, column: id",
                "constraint: isComplete, column: product_name",
                "constraint: isContainedIn, column: priority, values: [high, low]",
                "constraint: isNonNegative, column: num_views",
                "constraint: hasPattern, column: description, pattern: 'https?://', mustBeGreaterOrEqualTo: 0.5",
                "constraint: hasApproxQuantile, column: num_views, quantile: 0.5, mustBeLessOrEqualTo: 10"),
            "hold");
    Dataset<Row> items =
        TestSpark.compiling()
            .sql(
                "select * from values"
                    + " (1L, 'Thingy A', 'awesome thing.', 'high', 0L),"
                    + " (2L, 'Thingy B', 'available at http://thingb.com', null, 0L),"
                    + " (3L, null, null, 'low', 5L),"
                    + " (4L, 'Thingy D', 'checkout https://thingd.ca', 'low', 10L),"
                    + " (5L, 'Thingy E', null, 'high', 12L)"
                    + " as t(id, product_name, description, priority, num_views)");

    List<Finding> found = NOON_AFTER.findings(items, List.of(), contract.batchRules());

    assertThat(found)
        .filteredOn(finding -> finding.result() == Finding.Result.FAILED)
        .extracting(Finding::message)
        .containsExactly(
            "expected completeness of product_name 1, found 0.8 (`product_name` IS NOT NULL)",
            "expected pattern match of description at least 0.5, found 0.4 (regexp_extract(`description`, 'https?://', 0) <> '')");
  }

  private static Optional<Dataset<Row>> lookUp(TableName table) {
    return Optional.of(table)
        .filter(TableName.silver("words")::equals)
        .map(
            words ->
                TestSpark.compiling()
                    .sql(
                        "select * from values ('a', 1.0D), ('bb', double('NaN')), (null, 9.0D),"
                            + " ('a', 1.0D) as t(word, n)"));
  }

  private static String value(Finding finding) {
    if (finding.value().isEmpty()) {
      return "nothing";
    }
    double value = finding.value().getAsDouble();
    return Double.toString(Double.isNaN(value) ? value : Math.round(value * 1e4) / 1e4);
  }

  private static List<BatchRule> rules() {
    return WrittenContract.of(COLUMNS, WrittenContract.implementations(CASES), "hold").batchRules();
  }
}
