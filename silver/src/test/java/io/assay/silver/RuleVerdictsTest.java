package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.BatchLedger;
import io.assay.batch.BatchResult;
import io.assay.batch.Metric;
import io.assay.batch.Outcome;
import io.assay.contract.Contract;
import io.assay.contract.ContractLoader;
import io.assay.document.Problems;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules as a contract writes them, on rows that are good, bad, and not there. */
class RuleVerdictsTest {
  private static final TableName BRONZE = TableName.bronze("t");
  private static final TableName SILVER = TableName.silver("t");
  private static final TableName QUARANTINE = TableName.quarantine("t");

  /**
   * Every kind of rule but the constraints that only a batch can meet, which have their own test.
   */
  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: t
      version: 1.0.0
      status: active
      schema:
        - name: t
          properties:
            - name: id
              logicalType: integer
              quality:
                - {name: known, metric: nullValues, mustBe: 0}
                - {name: few_unknown, metric: nullValues, mustBeLessThan: 20, unit: percent, %1$s}
                - {name: all_differ, metric: duplicateValues, mustBe: 0, unit: percent, %2$s}
            - name: x
              logicalType: number
              logicalTypeOptions: {minimum: 0, exclusiveMaximum: 100}
              quality:
                - {name: natural, type: sql, query: '${property} >= 0 -- NaN is above', mustBe: true, %1$s}
                - {name: not_less, type: custom, engine: deequ, implementation: {constraint: isNonNegative}}
                - {name: mean, type: custom, engine: deequ, implementation: {constraint: hasMean, mustBeLessThan: 9}, %1$s}
                - {name: good_mean, type: custom, engine: deequ, implementation: {constraint: hasMean, mustBeLessThan: 9}, %2$s}
            - name: word
              logicalType: string
              required: true
              logicalTypeOptions: {minLength: 1, maxLength: 3, pattern: '^[a-z]*$'}
              quality:
                - {name: present, metric: missingValues, mustBe: 0, arguments: {missingValues: ['', 'n/a']}}
                - {name: few_missing, metric: missingValues, mustBeLessOrEqualTo: 2, arguments: {missingValues: ['']}, %1$s}
                - {name: listed, metric: invalidValues, mustBe: 0, arguments: {validValues: [a, b, c, '']}, %1$s}
                - {name: invalid, metric: invalidValues, mustBeLessThan: 50, unit: percent, arguments: {pattern: '^[abc]$'}, %1$s}
                - {name: matched, type: custom, engine: deequ, implementation: {constraint: hasPattern, pattern: '[a-z]'}}
                - {name: complete, type: custom, engine: deequ, implementation: {constraint: isComplete}}
                - {name: contained, type: custom, engine: deequ, implementation: {constraint: isContainedIn, values: [a, b, c]}, %1$s}
            - {name: at, logicalType: timestamp}
          quality:
            - {name: some, metric: rowCount, mustBeGreaterThan: 1, %1$s}
            - {name: some_good, metric: rowCount, mustBeGreaterThan: 1, %2$s}
            - {name: pairs, metric: duplicateValues, mustBe: 0, arguments: {properties: [x, word]}, %1$s}
            - {name: greatest, type: sql, query: 'SELECT max(id) FROM ${object}', mustBeLessThan: 4, %1$s}
            - {name: fresh, type: custom, engine: deequ, implementation: {constraint: hasFreshness, column: at, mustBeLessOrEqualTo: 1}, %1$s}
            - {name: agreed, type: custom, engine: deequ, implementation: {constraint: satisfies, condition: x > id}}
      """;

  private static final String WARN = "customProperties: [{property: onFailure, value: warn}]";
  private static final String WARN_ON_GOOD =
      "customProperties: [{property: onFailure, value: warn}, {property: 'on', value: published}]";

  private static final String GOOD =
      "select * from values ('1', '1.5', 'a', '2026-11-20T05:30:00Z'),"
          + " ('2', '2.5', 'b', null), ('3', '3.5', 'c', null) as t(id, x, word, at)";

  private static final String BAD =
      "select * from values ('4', 'NaN', 'a', '2026-11-20T04:00:00Z'),"
          + " (null, null, null, null),"
          + " ('4', '-1', 'ABCD', null),"
          + " ('x', '200', '', null),"
          + " ('5', '6', 'b', null),"
          + " ('5', '6', 'b', null) as t(id, x, word, at)";

  /** Each line: a rule, and what is found of it in the good, the bad and the empty batch. */
  private static final String VERDICTS =
      """
      agreed | passed 0.0 | failed 2.0 | unknown
      all_differ | passed 0.0 | failed 50.0 | unknown
      complete | passed 0.0 | failed 1.0 | unknown
      contained | passed 0.0 | failed 2.0 | unknown
      few_missing | passed 0.0 | passed 2.0 | unknown
      few_unknown | passed 0.0 | failed 33.3333 | unknown
      fresh | passed 0.5 | failed 2.0 | unknown
      gate | passed 0.0 | passed 66.6667 | unknown
      good_mean | passed 2.5 | passed 6.0 | unknown
      greatest | passed 3.0 | failed 5.0 | unknown
      id_type | - | failed 1.0 | -
      invalid | passed 0.0 | passed 33.3333 | unknown
      known | passed 0.0 | failed 1.0 | unknown
      listed | passed 0.0 | failed 1.0 | unknown
      matched | passed 0.0 | failed 3.0 | unknown
      mean | passed 2.5 | failed | unknown
      natural | passed 0.0 | failed 1.0 | unknown
      not_less | passed 0.0 | failed 1.0 | unknown
      pairs | passed 0.0 | failed 1.0 | unknown
      present | passed 0.0 | failed 2.0 | unknown
      some | passed 3.0 | passed 6.0 | failed 0.0
      some_good | passed 3.0 | passed 2.0 | failed 0.0
      word_max_length | passed 0.0 | failed 1.0 | unknown
      word_min_length | passed 0.0 | failed 1.0 | unknown
      word_pattern | passed 0.0 | failed 1.0 | unknown
      word_required | passed 0.0 | failed 1.0 | unknown
      x_maximum | passed 0.0 | failed 2.0 | unknown
      x_minimum | passed 0.0 | failed 1.0 | unknown
      """;

  @TempDir Path folder;

  @Test
  void everyRuleJudgesABatchOfAnySize() {
    CleanConfiguration configuration = Configurations.of("t").contract(contract()).build();
    CleanFixture small = new CleanFixture(folder.resolve("small"));
    // Before anything lands, a batch of no rows makes the tables.
    small.run(configuration);
    small.land(BRONZE, "a", GOOD);
    small.land(BRONZE, "b", BAD);

    BatchResult result = small.runInSmallBatches(configuration);

    assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(result.account().balanced()).isTrue();
    BatchLedger ledger = small.ledger(SILVER);
    assertThat(ledger.newestBatch()).isEqualTo(3);
    assertThat(table(ledger.metrics(2), ledger.metrics(3), ledger.metrics(1))).isEqualTo(VERDICTS);
    assertThat(small.ask(QUARANTINE, "_source.position", "array_join(rules, ' ')"))
        .containsExactly(
            "[0,x_maximum]",
            "[1,word_required known present matched complete agreed]",
            "[2,x_minimum word_max_length word_pattern not_less matched agreed]",
            "[3,id_type x_maximum word_min_length present matched]");

    CleanFixture whole = new CleanFixture(folder.resolve("whole"));
    whole.land(BRONZE, "b", BAD);
    whole.run(configuration);

    assertThat(whole.ledger(SILVER).metrics(1))
        .containsExactlyInAnyOrderElementsOf(ledger.metrics(3));
  }

  private static Contract contract() {
    Problems problems = new Problems();
    Optional<Contract> contract =
        new ContractLoader(problems, Map.of())
            .load("c.yaml", CONTRACT.formatted(WARN, WARN_ON_GOOD), "t");
    assertThat(problems.all()).isEmpty();
    return contract.orElseThrow();
  }

  @SafeVarargs
  private static String table(List<Metric>... batches) {
    List<String> rules =
        List.of(batches).stream()
            .flatMap(List::stream)
            .map(Metric::rule)
            .distinct()
            .sorted()
            .toList();
    return rules.stream()
        .map(
            rule ->
                rule
                    + List.of(batches).stream()
                        .map(batch -> " | " + verdict(rule, batch))
                        .collect(Collectors.joining())
                    + "\n")
        .collect(Collectors.joining());
  }

  private static String verdict(String rule, List<Metric> metrics) {
    return metrics.stream()
        .filter(metric -> metric.rule().equals(rule))
        .map(metric -> metric.outcome() + metric.value().map(RuleVerdictsTest::rounded).orElse(""))
        .findFirst()
        .orElse("-");
  }

  private static String rounded(double value) {
    return " " + Math.round(value * 1e4) / 1e4;
  }
}
