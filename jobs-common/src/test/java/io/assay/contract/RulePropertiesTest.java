package io.assay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.document.Problem;
import io.assay.document.Problems;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rule's custom properties make of it. */
class RulePropertiesTest {
  private static final String CONTRACT =
      WrittenContract.HEAD
          + """
              properties:
                - name: c
                  logicalType: integer
                  quality:
                    - {%s, customProperties: [%s]}
          """;

  private final Problems problems = new Problems();

  private Contract load(String rule, String properties) {
    return new ContractLoader(problems, Map.of())
        .load("c.yaml", CONTRACT.formatted(rule, properties), "t")
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          metric: nullValues, mustBe: 0 | {property: onFailure, value: quarantine} | row QUARANTINE
          metric: nullValues, mustBe: 0 | {property: onFailure, value: hold} | batch HOLD INCOMING
          metric: nullValues, mustBe: 0 | {property: onFailure, value: hold}, {property: 'on', value: published} | batch HOLD PUBLISHED
          metric: duplicateValues, mustBe: 0 | {property: 'on', value: published} | batch HOLD PUBLISHED
          metric: duplicateValues, mustBe: 0 | {property: onFailure, value: warn}, {property: 'on', value: incoming} | batch WARN INCOMING
          metric: nullValues, mustBeLessThan: 9 | {property: 'on', value: table} | batch HOLD TABLE
          metric: duplicateValues, mustBe: 0 | {property: tool, value: 7} | batch HOLD INCOMING
          """)
  void theySayWhatAFailureDoesAndWhichRowsAreJudged(
      String rule, String properties, String expected) {
    Contract contract = load(rule, properties);

    assertThat(problems.all()).isEmpty();
    String row =
        contract.rowRules().stream().map(r -> "row " + r.onFailure()).findFirst().orElse("");
    String batch =
        contract.batchRules().stream()
            .map(r -> "batch " + r.onFailure() + " " + r.on())
            .findFirst()
            .orElse("");
    assertThat(row + batch).isEqualTo(expected);
  }

  /** Each row: a rule and its properties, and the rule beside it that compares. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          metric: nullValues, mustBe: 0 | {property: anomaly, value: {kind: zScore, mustBeLessOrEqualTo: 3}} | c_not_null_z_score HOLD INCOMING
          metric: nullValues, mustBe: 0, name: given | {property: anomaly, value: {kind: zScore, mustBeLessOrEqualTo: 3}}, {property: onFailure, value: warn} | given_z_score WARN INCOMING
          metric: nullValues, mustBe: 0 | {property: onFailure, value: quarantine}, {property: anomaly, value: {kind: absoluteChange, mustBeLessOrEqualTo: 3, onFailure: warn}} | c_not_null_absolute_change WARN INCOMING
          metric: duplicateValues, mustBe: 0 | {property: 'on', value: published}, {property: anomaly, value: {kind: zScore, mustBeLessOrEqualTo: 3}} | c_unique_z_score HOLD PUBLISHED
          type: sql, query: c > 0, mustBe: true | {property: anomaly, value: {kind: relativeChange, mustBeLessOrEqualTo: 3}} | c_sql_relative_change HOLD INCOMING
          """)
  void anAnomalyIsARuleBesideTheRule(String rule, String properties, String expected) {
    Contract contract = load(rule, properties);

    assertThat(problems.all()).isEmpty();
    assertThat(contract.rowRules().size() + contract.batchRules().size()).isEqualTo(2);
    assertThat(contract.batchRules())
        .filteredOn(found -> found.deviation().isPresent())
        .extracting(found -> found.name() + " " + found.onFailure() + " " + found.on())
        .containsExactly(expected);
    assertThat(contract.withoutDeviations().batchRules())
        .allMatch(found -> found.deviation().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          metric: nullValues, mustBe: 0 | {property: onFailure, value: hld} | unknown value 'hld'; did you mean 'hold'?
          metric: nullValues, mustBe: 0 | {property: on_failure, value: hold} | the property is called 'onFailure'
          metric: nullValues, mustBe: 0 | {property: onFailure, value: hold}, {property: onFailure, value: warn} | the rule says onFailure twice
          metric: nullValues, mustBe: 0 | {property: 'on', value: published} | each row is judged once, as it comes
          metric: duplicateValues, mustBe: 0 | {property: onFailure, value: quarantine} | no single row can go to quarantine
          metric: duplicateValues, mustBe: 0 | {property: 'on', value: publishd} | unknown value 'publishd'; did you mean 'published'?
          metric: nullValues, mustBe: 0 | {property: 'on', value: table} | each row is judged once, as it comes
          metric: duplicateValues, mustBe: 0 | {property: 'on', value: table} | which values come again is told only by a list of them
          type: custom, engine: deequ, implementation: {constraint: hasDistinctness, mustBeLessThan: 1} | {property: 'on', value: table} | which values come again
          type: custom, engine: deequ, implementation: {constraint: hasExactQuantile, quantile: 0.5, mustBeLessThan: 1} | {property: 'on', value: table} | an exact quantile needs every value
          type: custom, engine: deequ, implementation: {constraint: hasReferentialIntegrity, references: silver.other, mustBeGreaterThan: 0.5} | {property: 'on', value: table} | silver.other may have changed
          type: sql, query: 'select max(c) from ${object}', mustBeLessThan: 1 | {property: 'on', value: table} | a query's answers for two parts
          metric: duplicateValues, mustBe: 0 | {property: on, value: published} | put it in quotes
          metric: nullValues, mustBe: 0 | {property: anomaly, value: zScore} | expected keys with values: kind, and an operator
          metric: nullValues, mustBe: 0 | {property: anomaly, value: {mustBeLessOrEqualTo: 3}} | the key 'kind' is missing
          metric: nullValues, mustBe: 0 | {property: anomaly, value: {kind: zscore, mustBeLessOrEqualTo: 3}} | unknown anomaly 'zscore'; did you mean 'zScore'?
          metric: nullValues, mustBe: 0 | {property: anomaly, value: {kind: zScore}} | expected exactly one of mustBe
          metric: nullValues, mustBe: 0 | {property: anomaly, value: {kind: zScore, mustBe: 3}} | a deviation is bounded by
          metric: nullValues, mustBe: 0 | {property: anomaly, value: {kind: zScore, mustBeLessOrEqualTo: 3, minimm: 4}} | unknown key 'minimm'; did you mean 'minimum'?
          metric: nullValues, mustBe: 0 | {property: anomaly, value: {kind: zScore, mustBeLessOrEqualTo: 3, onFailure: quarantine}} | unknown value 'quarantine'
          metric: nullValues, mustBe: 0, unit: percent | {property: anomaly, value: {kind: absoluteChange, mustBeLessOrEqualTo: 300}} | what is measured lies from -100 to 100
          metric: nullValues, mustBe: 0 | {property: Anomaly, value: {kind: zScore, mustBeLessOrEqualTo: 3}} | the property is called 'anomaly'
          metric: nullValues, mustBe: 0 | {property: anomaly, value: {kind: zScore, mustBeLessOrEqualTo: 3}}, {property: anomaly, value: {kind: zScore, mustBeLessOrEqualTo: 4}} | the rule says anomaly twice
          type: custom, engine: deequ, implementation: {constraint: isComplete} | {property: anomaly, value: {kind: zScore, mustBeLessOrEqualTo: 3}} | write 'anomaly' into the implementation
          """)
  void oneThatCannotBeIsAProblemInItsPlace(String rule, String properties, String message) {
    load(rule, properties);

    assertThat(problems.all()).hasSize(1);
    Problem problem = problems.all().get(0);
    assertThat(problem.message()).contains(message);
    assertThat(problem.path()).startsWith("schema[0].properties[0].quality[0].customProperties");
    assertThat(problem.line()).isEqualTo(12);
  }
}
