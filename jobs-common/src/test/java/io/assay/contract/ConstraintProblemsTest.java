package io.assay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.document.Problem;
import io.assay.document.Problems;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of {@code engine: deequ} that cannot be. */
class ConstraintProblemsTest {
  private static final String CONTRACT =
      WrittenContract.HEAD
          + """
              properties:
                - name: c
                  logicalType: integer
                  quality:
                    - %s
                - {name: d, logicalType: string}
                - {name: f, logicalType: number}
          """;

  /** Each row: a rule of column c that cannot be, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {type: custom, engine: deequ, implementation: {constraint: hasSize, column: c, mustBe: 1}} | unknown key 'column'
          {type: custom, engine: deequ, implementation: {constraint: hasMean, column: d, mustBe: 1}} | hasMean takes a number, and d is string
          {type: custom, engine: deequ, implementation: {constraint: hasMean, column: e, mustBe: 1}} | unknown column 'e'
          {type: custom, engine: deequ, implementation: {constraint: hasMean, mustbe: 1}} | unknown key 'mustbe'; did you mean 'mustBe'?
          {type: custom, engine: deequ, implementation: {constraint: hasCorrelation, column: c, mustBe: 1}} | hasCorrelation takes two columns, each a number
          {type: custom, engine: deequ, implementation: {constraint: hasMinLength, mustBe: 1}} | hasMinLength takes text, and c is bigint
          {type: custom, engine: deequ, implementation: {constraint: hasFreshness, mustBe: 1}} | hasFreshness takes a date or timestamp, and c is bigint
          {type: custom, engine: deequ, implementation: {constraint: hasApproxQuantile, quantile: 2, mustBe: 1}} | expected a number from 0 to 1
          {type: custom, engine: deequ, implementation: {constraint: hasExactQuantile, mustBe: 1}} | the key 'quantile' is missing
          {type: custom, engine: deequ, implementation: {constraint: hasApproxQuantile, quantile: 1, relativeError: 0, mustBe: 1}} | hasExactQuantile is exact
          {type: custom, engine: deequ, implementation: {constraint: hasPattern, column: d, pattern: '['}} | is no regular expression
          {type: custom, engine: deequ, implementation: {constraint: isContainedIn, values: [x]}} | 'x' is no bigint
          {type: custom, engine: deequ, implementation: {constraint: isContainedIn}} | give the values that are allowed
          {type: custom, engine: deequ, implementation: {constraint: hasHistogramValues, mustBe: 1}} | the key 'value' is missing
          {type: custom, engine: deequ, implementation: {constraint: hasCompleteness, mustBeLessOrEqualTo: 95}} | what is measured lies from 0 to 1
          {type: custom, engine: deequ, implementation: {constraint: isContainedIn, values: [1], mustBeGreaterThan: 1}} | what is measured lies from 0 to 1
          {type: custom, engine: deequ, implementation: {constraint: hasCorrelation, columns: [c, f], mustBeBetween: [-2, 0]}} | what is measured lies from -1 to 1
          {type: custom, engine: deequ, implementation: {constraint: hasSize, mustBeLessThan: 0}} | what is measured lies from 0 upwards
          {type: custom, engine: deequ, implementation: {constraint: isUnique, columns: [c, {name: d}]}} | expected a value or a list of values
          {type: custom, engine: deequ, implementation: {constraint: hasCorrelation, column: c, columns: [c], mustBe: 1}} | hasCorrelation takes two columns
          {type: custom, engine: deequ, implementation: {constraint: satisfies, condition: c}} | is not a boolean
          {type: custom, engine: deequ, implementation: {constraint: satisfies, condition: lenght(d) > 1}} | there is no function 'lenght'
          {type: custom, engine: deequ, implementation: {constraint: satisfies, condition: e > 0}} | unknown column 'e'
          {type: custom, engine: deequ, implementation: {constraint: hasMean, anomaly: zscore, mustBeBetween: [-3, 3]}} | unknown anomaly 'zscore'; did you mean 'zScore'?
          {type: custom, engine: deequ, implementation: {constraint: hasMean, anomaly: zScore, mustBe: 3}} | a deviation is bounded by
          {type: custom, engine: deequ, implementation: {constraint: hasMean, anomaly: zScore, mustBeBetween: [1, 3]}} | give a bound that 0 can meet
          {type: custom, engine: deequ, implementation: {constraint: hasMean, anomaly: interquartileRange, mustBeLessOrEqualTo: -1}} | give a bound that 0 can meet
          {type: custom, engine: deequ, implementation: {constraint: hasMean, anomaly: zScore}} | expected exactly one of mustBe
          {type: custom, engine: deequ, implementation: {constraint: hasCompleteness, anomaly: absoluteChange, mustBeLessOrEqualTo: 5}} | what is measured lies from -1 to 1
          {type: custom, engine: deequ, implementation: {constraint: hasMean, anomaly: zScore, minimum: 2, mustBeLessOrEqualTo: 3}} | expected a whole number from 3 to 30
          {type: custom, engine: deequ, implementation: {constraint: hasMean, anomaly: zScore, history: 5, minimum: 6, mustBeLessOrEqualTo: 3}} | expected a whole number from 3 to 5
          {type: custom, engine: deequ, implementation: {constraint: hasMean, anomaly: zScore, history: many, mustBeLessOrEqualTo: 3}} | expected a whole number from 3 to 1000
          {type: custom, engine: deequ, implementation: {constraint: hasMean, anomaly: zScore, season: daily, mustBeLessOrEqualTo: 3}} | unknown season 'daily'
          {type: custom, engine: deequ, implementation: {constraint: hasMean, anomaly: zScore, season: weekly, time: d, mustBeLessOrEqualTo: 3}} | expected one column, a date or timestamp
          {type: custom, engine: deequ, implementation: {constraint: hasMean, anomaly: zScore, season: weekly, timezone: London, mustBeLessOrEqualTo: 3}} | expected a time zone
          {type: custom, engine: deequ, implementation: {constraint: hasMean, anomaly: zScore, timezone: UTC, mustBeLessOrEqualTo: 3}} | only a rule with 'season' has 'timezone'
          {type: custom, engine: deequ, implementation: {constraint: hasMean, minimum: 9, mustBeLessOrEqualTo: 3}} | only a rule with 'anomaly' has 'minimum'
          {type: custom, engine: deequ, implementation: {constraint: isUnique, anomaly: zScore}} | unknown key 'anomaly'
          """)
  void aConstraintThatCannotBeIsAProblemInItsPlace(String rule, String message) {
    Problems problems = new Problems();

    new ContractLoader(problems, Map.of()).load("c.yaml", CONTRACT.formatted(rule), "t");

    assertThat(problems.all()).hasSize(1);
    Problem problem = problems.all().get(0);
    assertThat(problem.message()).contains(message);
    assertThat(problem.line()).isEqualTo(12);
    assertThat(problem.path()).startsWith("schema[0].properties[0].quality[0].implementation");
  }

  @Test
  void nothingThatHasPartsIsComparedForDuplicates() {
    Problems problems = new Problems();

    new ContractLoader(problems, Map.of())
        .load(
            "c.yaml",
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: t
            version: 1.0.0
            status: active
            schema:
              - name: t
                properties:
                  - {name: a, logicalType: array, items: {logicalType: string}, unique: true}
                  - name: b
                    logicalType: object
                    properties: [{name: c, logicalType: string}]
                    quality: [{metric: duplicateValues, mustBe: 0}]
                quality:
                  - {metric: duplicateValues, mustBe: 0, arguments: {properties: [a]}}
            """,
            "t");

    assertThat(problems.all())
        .extracting(Problem::message)
        .hasSize(3)
        .allMatch(message -> message.contains("but an object or array"));
  }
}
