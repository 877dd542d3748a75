package io.assay.silver;

import static org.apache.spark.sql.functions.col;

import io.assay.batch.LookUps;
import io.assay.config.DatasetPipeline.Drift;
import io.assay.contract.BatchRule;
import io.assay.contract.JudgedRows;
import io.assay.contract.OnFailure;
import io.assay.contract.OwnRules;
import io.assay.contract.RowRule;
import io.assay.quality.BatchJudge;
import io.assay.quality.Finding;
import io.assay.quality.Finding.Result;
import io.assay.quality.Violations;
import io.assay.quality.measure.KnownRows;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.EventColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judges a staged batch as a whole: the gate, drift, the contract's batch rules; and tells how many
 * rows broke each row rule.
 *
 * <p>Batch rules look at the conformed rows before quarantine, unless they say otherwise, and
 * without deletes, which need not have more than their key.
 */
final class BatchFindings {
  /** The name under which a person accepts a batch with many quarantined rows. */
  static final String GATE = OwnRules.GATE;

  /** The name under which a person accepts a batch with unknown fields. */
  static final String DRIFT = OwnRules.DRIFT;

  /**
   * The name under which a person accepts a batch of which the dataset's condition says nothing.
   */
  static final String WHERE = OwnRules.WHERE;

  private static final int MOST_NAMED = 3;
  private static final int MOST_FIELDS = 20;

  private final CleanConfiguration configuration;
  private final StagedBatch staged;
  private final StagedCounts counts;
  private final LookUps lookUps;
  private final BatchJudge judge;

  /**
   * @param lookUps a rule on a table that is none of these is not asked: a table that is made anew
   *     was judged by the others as they were then
   */
  BatchFindings(
      CleanConfiguration configuration, StagedBatch staged, LookUps lookUps, BatchJudge judge) {
    this.configuration = configuration;
    this.staged = staged;
    this.counts = staged.counts();
    this.lookUps = lookUps;
    this.judge = judge;
  }

  /** What came of drift and the contract's rules. */
  List<Finding> rules() {
    List<Finding> findings = new ArrayList<>();
    if (counts.untold() > 0) {
      findings.add(where());
    }
    if (counts.withoutArray() > 0) {
      findings.add(arrays());
    }
    findings.addAll(rules(staged.rows()));
    return findings;
  }

  /**
   * The same of rows that were in quarantine. Those that fail once more stay where they are, and
   * say nothing about the others; where there are no others, no rule on the batch is asked.
   */
  List<Finding> rulesOfReleased() {
    return counts.accepted() == 0 ? rowRules() : rules(staged.accepted());
  }

  private List<Finding> rules(Dataset<Row> incoming) {
    List<Finding> findings = new ArrayList<>();
    if (configuration.drift() == Drift.FAIL) {
      findings.add(drift());
    }
    findings.addAll(rowRules());
    findings.addAll(batchRules(JudgedRows.INCOMING, incoming));
    findings.addAll(batchRules(JudgedRows.PUBLISHED, staged.accepted()));
    return findings;
  }

  /**
   * What came of the rules on the table as it will be.
   *
   * @param earlier the rows that it has
   */
  List<Finding> table(KnownRows earlier) {
    return judge.findings(staged.accepted(), earlier, stated(JudgedRows.TABLE));
  }

  private List<BatchRule> stated(JudgedRows on) {
    return configuration.contract().batchRules().stream().filter(rule -> rule.on() == on).toList();
  }

  private List<Finding> batchRules(JudgedRows on, Dataset<Row> rows) {
    List<BatchRule> rules =
        stated(on).stream()
            .filter(rule -> rule.measure().lookUp().map(lookUps::planned).orElse(true))
            .toList();
    Dataset<Row> stated =
        configuration.keepsHistory()
            ? rows.where(col(EventColumns.OPERATION).equalTo(EventColumns.UPSERT))
            : rows;
    return judge.findings(stated, List.of(), rules);
  }

  /**
   * Whether so much goes to quarantine that the batch is held.
   *
   * @param refusals rows that broke no rule and go there all the same, by reason
   */
  Finding gate(Map<String, Long> refusals) {
    long judged = counts.judged();
    long quarantined =
        counts.quarantined() + refusals.values().stream().mapToLong(Long::longValue).sum();
    double most = configuration.gate().quarantined();
    if (judged == 0) {
      return finding(
          GATE, "quarantined_percent", OptionalDouble.empty(), Result.UNKNOWN, "no rows");
    }
    double share = 100.0 * quarantined / judged;
    String message =
        String.format(
            Locale.ROOT,
            "%d of %d rows (%.1f %%) would go to quarantine, and %s %% are allowed%s",
            quarantined,
            judged,
            share,
            most == Math.rint(most) ? Long.toString((long) most) : Double.toString(most),
            mostBroken(refusals));
    return finding(
        GATE,
        "quarantined_percent",
        OptionalDouble.of(share),
        share > most ? Result.FAILED : Result.PASSED,
        message);
  }

  private String mostBroken(Map<String, Long> refusals) {
    String rules =
        Stream.of(counts.broken(), refusals)
            .flatMap(reasons -> reasons.entrySet().stream())
            .filter(rule -> rule.getValue() > 0)
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_NAMED)
            .map(rule -> rule.getKey() + " " + rule.getValue())
            .collect(Collectors.joining(", "));
    return rules.isEmpty() ? "" : "; most often broken: " + rules;
  }

  /** A field that the condition needs and the source has no more would leave out all rows. */
  private Finding where() {
    boolean silent = counts.told() == 0;
    String message =
        silent
            ? "%s is null for all %d rows that it was asked of, so none of them would be taken; a field that it needs may have another name in %s now: correct where in pipeline.yaml of %s, or say in it what a null means, or accept that the rows are left out"
                .formatted(
                    configuration.where().orElseThrow(),
                    counts.untold(),
                    configuration.bronze(),
                    configuration.dataset())
            : counts.untold() + " rows are left out because where is null for them";
    return finding(
        WHERE,
        "untold_rows",
        OptionalDouble.of(counts.untold()),
        silent ? Result.FAILED : Result.PASSED,
        message);
  }

  /** An array that is not there is as good as an empty one, until no record has it any more. */
  private Finding arrays() {
    boolean gone = counts.withArray() == 0;
    String array = configuration.explode().orElseThrow();
    String message =
        gone
            ? "none of the %d records that could be read has %s, so they give no rows; it may have another name in %s now: correct explode in pipeline.yaml of %s, or accept that there is none"
                .formatted(
                    counts.withoutArray(), array, configuration.bronze(), configuration.dataset())
            : "%d records have no %s and give no rows".formatted(counts.withoutArray(), array);
    return new Finding(
        OwnRules.EXPLODE,
        Optional.empty(),
        "records_without_array",
        OptionalDouble.of(counts.withoutArray()),
        gone ? Result.FAILED : Result.PASSED,
        configuration.drift() == Drift.FAIL ? OnFailure.HOLD : OnFailure.WARN,
        message);
  }

  private Finding drift() {
    if (counts.rescued() == 0) {
      return finding(DRIFT, "unknown_fields", OptionalDouble.of(0), Result.PASSED, "none");
    }
    List<String> fields = staged.unknown().stream().limit(MOST_FIELDS).toList();
    String message =
        "%d of the rows have fields that the contract does not know: %s; add them to the contract, or change drift to rescue"
            .formatted(counts.rescued(), String.join(", ", fields));
    return finding(
        DRIFT, "unknown_fields", OptionalDouble.of(fields.size()), Result.FAILED, message);
  }

  /** What each of the contract's row rules, and each other rule that a row broke, came to. */
  private List<Finding> rowRules() {
    Map<String, RowRule> stated =
        configuration.contract().rowRules().stream()
            .collect(Collectors.toMap(RowRule::name, rule -> rule, (first, second) -> first));
    List<Finding> findings = new ArrayList<>();
    counts
        .broken()
        .forEach(
            (rule, rows) -> {
              if (rows > 0 || stated.containsKey(rule)) {
                findings.add(rowRule(rule, Optional.ofNullable(stated.get(rule)), rows));
              }
            });
    counts
        .warned()
        .forEach((rule, rows) -> findings.add(rowRule(rule, Optional.of(stated.get(rule)), rows)));
    return findings;
  }

  /** Rows in quarantine hold nothing by themselves: that is the gate's business. */
  private Finding rowRule(String name, Optional<RowRule> rule, long rows) {
    boolean warns = rule.filter(stated -> stated.onFailure() == OnFailure.WARN).isPresent();
    boolean judged = counts.judged() > 0;
    String message =
        rows + " rows" + rule.map(stated -> " break: " + Violations.message(stated)).orElse("");
    return new Finding(
        name,
        rule.flatMap(RowRule::column),
        warns ? "broken_rows" : "quarantined_rows",
        judged ? OptionalDouble.of(rows) : OptionalDouble.empty(),
        !judged ? Result.UNKNOWN : rows == 0 ? Result.PASSED : Result.FAILED,
        warns ? OnFailure.WARN : OnFailure.QUARANTINE,
        judged ? message : "no rows");
  }

  private static Finding finding(
      String rule, String metric, OptionalDouble value, Result result, String message) {
    return new Finding(rule, Optional.empty(), metric, value, result, OnFailure.HOLD, message);
  }
}
