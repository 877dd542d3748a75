package io.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.assay.batch.Decision;
import io.assay.batch.Metric;
import io.assay.batch.Verdict;
import io.assay.contract.BatchRule;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.BatchRule.Threshold.Operator;
import io.assay.contract.OnFailure;
import io.assay.contract.RowRule;
import io.assay.error.AssayException;
import io.assay.quality.measure.Measure;
import io.assay.quality.measure.Statistic;
import io.assay.quality.measure.Unit;
import io.assay.sql.SqlFunction;
import io.assay.testing.TestSpark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class BatchJudgeTest {
  private static final Dataset<Row> ROWS =
      TestSpark.compiling()
          .sql(
              "select * from values"
                  + " (1, 'a@x', 'NL', 10.00), (2, 'b@x', 'NL', -1.00), (2, null, 'n/a', 3.50),"
                  + " (2, 'no', null, null), (null, 'no', null, 4.00)"
                  + " as t(id, email, country, amount)");

  private static final SqlFunction CENTS =
      new SqlFunction("cents", List.of("euros"), "euros * 100");

  @Test
  void everyMeasureIsTakenOfTheSameRows() {
    List<BatchRule> rules =
        List.of(
            rule("completeness", completeness("email"), Operator.MUST_BE, 0.8),
            rule("missing", missing(Unit.ROWS), Operator.MUST_BE, 3),
            rule("missing_share", missing(Unit.PERCENT), Operator.MUST_BE_LESS_THAN, 60.5),
            rule("invalid", invalid(Unit.ROWS), Operator.MUST_BE, 1),
            rule("invalid_share", invalid(Unit.PERCENT), Operator.MUST_BE, 20),
            // 2 stands three times, so two rows repeat another; null repeats nothing.
            rule("duplicates", duplicates(Unit.ROWS, "id"), Operator.MUST_BE, 2),
            rule("duplicate_share", duplicates(Unit.PERCENT, "id"), Operator.MUST_BE, 40),
            rule("pairs", duplicates(Unit.ROWS, "email", "country"), Operator.MUST_BE, 1),
            rule(
                "unique",
                new Measure.Aggregate(Statistic.UNIQUENESS, List.of("id")),
                Operator.MUST_BE,
                0.25),
            rule("rows", new Measure.RowCount(), Operator.MUST_BE, 5),
            rule("pattern", new Measure.PatternMatch("email", "@x$"), Operator.MUST_BE, 0.4),
            rule(
                "sum",
                new Measure.SqlScalar(
                    "select cents(sum(amount)) from ${table} where ${table}.amount > -100",
                    Map.of("cents", CENTS)),
                Operator.MUST_BE,
                1650));

    Verdict verdict = judge(ROWS, rules, Decision.NONE);

    assertThat(verdict.holds()).isEmpty();
    assertThat(verdict.metrics())
        .extracting(Metric::rule, Metric::metric, metric -> metric.value().get())
        .containsExactly(
            tuple("completeness", "completeness", 0.8),
            tuple("missing", "missing_rows", 3.0),
            tuple("missing_share", "missing_percent", 60.0),
            tuple("invalid", "invalid_rows", 1.0),
            tuple("invalid_share", "invalid_percent", 20.0),
            tuple("duplicates", "duplicates_rows", 2.0),
            tuple("duplicate_share", "duplicates_percent", 40.0),
            tuple("pairs", "duplicates_rows", 1.0),
            tuple("unique", "uniqueness", 0.25),
            tuple("rows", "row_count", 5.0),
            tuple("pattern", "pattern_match", 0.4),
            tuple("sum", "sql", 1650.0));
  }

  @Test
  void aFailingRuleHoldsWarnsOrIsAcceptedOnce() {
    List<BatchRule> rules =
        List.of(
            rule("complete", completeness("email"), Operator.MUST_BE, 1),
            rule("rows", new Measure.RowCount(), Operator.MUST_BE_GREATER_THAN, 5),
            new BatchRule(
                "between",
                new Measure.RowCount(),
                new Threshold(Operator.MUST_NOT_BE_BETWEEN, 1, Optional.of(9.0)),
                Optional.empty(),
                OnFailure.WARN,
                "few or many"));

    Verdict verdict =
        judge(ROWS, rules, new Decision(Map.of("rows", "a quiet day"), Optional.empty()));

    assertThat(verdict.holds())
        .extracting("rule", "message")
        .containsExactly(tuple("complete", "expected completeness of email 1, found 0.8"));
    assertThat(verdict.warnings())
        .containsExactly(
            "rows: accepted (a quiet day): expected row count more than 5, found 5",
            "between: expected row count outside 1 to 9, found 5 (few or many)");
    assertThat(verdict.metrics())
        .extracting(Metric::outcome)
        .containsExactly("failed", "accepted", "failed");
  }

  @Test
  void ofNoRowsOnlyTheirNumberIsJudged() {
    List<BatchRule> rules =
        List.of(
            rule("complete", completeness("email"), Operator.MUST_BE, 1),
            rule(
                "unique",
                new Measure.Aggregate(Statistic.UNIQUENESS, List.of("id")),
                Operator.MUST_BE,
                1),
            rule(
                "sum",
                new Measure.SqlScalar("select sum(1) from ${table}", Map.of()),
                Operator.MUST_BE,
                1),
            rule("rows", new Measure.RowCount(), Operator.MUST_BE_GREATER_THAN, 0));

    Verdict verdict = judge(ROWS.where("false"), rules, Decision.NONE);

    assertThat(verdict.holds()).extracting("rule").containsExactly("rows");
    assertThat(verdict.metrics())
        .extracting(Metric::outcome)
        .containsExactly("unknown", "unknown", "unknown", "failed");
  }

  @Test
  void aRowRuleHoldsATableThatHasNoQuarantine() {
    Verdict verdict =
        judge(
            ROWS,
            List.of(
                rowRule("positive", "amount > 0", OnFailure.QUARANTINE),
                rowRule("known", "country in ('NL', 'BE')", OnFailure.WARN),
                new RowRule(
                    "fine",
                    Optional.empty(),
                    "amount is null or cents(amount) < 10000",
                    Optional.empty(),
                    OnFailure.QUARANTINE,
                    "",
                    Map.of("cents", CENTS))),
            List.of(),
            Decision.NONE);

    assertThat(verdict.holds())
        .extracting("rule", "message")
        .containsExactly(
            tuple("positive", "expected broken rows 0, found 2 (not true: amount > 0)"));
    assertThat(verdict.warnings()).hasSize(1);
    assertThat(verdict.metrics())
        .extracting(metric -> metric.value().get())
        .containsExactly(2.0, 3.0, 0.0);
  }

  @Test
  void aRuleThatCannotBeEvaluatedIsAMistakeInTheContract() {
    assertThatThrownBy(
            () ->
                judge(
                    ROWS,
                    List.of(rule("x", completeness("nowhere"), Operator.MUST_BE, 1)),
                    Decision.NONE))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("nowhere");
    assertThatThrownBy(
            () ->
                judge(
                    ROWS,
                    List.of(
                        rule(
                            "x",
                            new Measure.SqlScalar("select 'a'", Map.of()),
                            Operator.MUST_BE,
                            1)),
                    Decision.NONE))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("one number");
  }

  private static Measure completeness(String column) {
    return new Measure.Aggregate(Statistic.COMPLETENESS, List.of(column));
  }

  private static Measure missing(Unit unit) {
    return new Measure.Missing("country", "country IS NOT NULL AND country <> 'n/a'", unit);
  }

  private static Measure invalid(Unit unit) {
    return new Measure.Invalid("amount", "amount IS NULL OR amount >= 0", unit);
  }

  private static Measure duplicates(Unit unit, String... columns) {
    return new Measure.Duplicates(List.of(columns), unit);
  }

  private static RowRule rowRule(String name, String predicate, OnFailure onFailure) {
    return new RowRule(name, Optional.empty(), predicate, Optional.empty(), onFailure, "");
  }

  private static BatchRule rule(String name, Measure measure, Operator operator, double operand) {
    return new BatchRule(
        name,
        measure,
        new Threshold(operator, operand, Optional.empty()),
        Optional.empty(),
        OnFailure.HOLD,
        "");
  }

  private static Verdict judge(Dataset<Row> rows, List<BatchRule> rules, Decision decision) {
    return judge(rows, List.of(), rules, decision);
  }

  private static Verdict judge(
      Dataset<Row> rows, List<RowRule> rowRules, List<BatchRule> rules, Decision decision) {
    BatchJudge judge = new BatchJudge(Instant.EPOCH, table -> Optional.empty());
    return Finding.verdict(judge.findings(rows, rowRules, rules), decision);
  }
}
