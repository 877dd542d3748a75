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
          metric: duplicateValues, mustBe: 0 | {property: on, value: published} | put it in quotes
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
