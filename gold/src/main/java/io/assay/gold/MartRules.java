package io.assay.gold;

import io.assay.batch.Decision;
import io.assay.batch.Intent;
import io.assay.batch.Verdict;
import io.assay.contract.BatchRule;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.contract.OnFailure;
import io.assay.contract.OwnRules;
import io.assay.quality.BatchJudge;
import io.assay.quality.Finding;
import io.assay.quality.measure.Measure;
import io.assay.quality.measure.Unit;
import io.assay.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Judges a mart's new version before readers see it. A mart has no quarantine: one row that breaks
 * a rule holds the version, unless the rule only warns. Besides the contract's rules, its key
 * occurs once, and every value has room in its column's type. Where only some keys are computed,
 * the rules on rows are judged on their rows, and those on the whole on the whole.
 */
final class MartRules {
  private final Contract contract;
  private final BatchJudge judge;

  private MartRules(Contract contract, BatchJudge judge) {
    this.contract = contract;
    this.judge = judge;
  }

  /** Those of a batch's version. */
  static MartRules of(SparkSession spark, Warehouse warehouse, Intent intent, Contract contract) {
    return new MartRules(contract, BatchJudge.of(spark, warehouse, intent));
  }

  /** What they find of a version that was computed whole. */
  Verdict judge(StagedMart staged, Decision decision) {
    List<BatchRule> rules = new ArrayList<>(contract.batchRules());
    rules.addAll(uniqueKey());
    List<Finding> findings = misfits(staged);
    findings.addAll(judge.findings(staged.stored(), contract.rowRules(), rules));
    return Finding.verdict(findings, decision);
  }

  /**
   * What they find of a version of which some keys were computed.
   *
   * @param staged all rows of these keys
   * @param whole the whole version
   */
  Verdict judge(StagedMart staged, Dataset<Row> whole, Decision decision) {
    List<Finding> findings = misfits(staged);
    findings.addAll(judge.findings(staged.stored(), contract.rowRules(), uniqueKey()));
    findings.addAll(judge.findings(whole, List.of(), contract.batchRules()));
    return Finding.verdict(findings, decision);
  }

  private List<Finding> misfits(StagedMart staged) {
    List<Finding> findings = new ArrayList<>();
    staged.misfits().forEach((column, rows) -> findings.add(misfit(column, rows)));
    return findings;
  }

  private List<BatchRule> uniqueKey() {
    List<BatchRule> rules = new ArrayList<>();
    List<String> key = contract.key().stream().map(ContractColumn::name).toList();
    if (!key.isEmpty()) {
      rules.add(
          new BatchRule(
              OwnRules.KEY_UNIQUE,
              new Measure.Duplicates(key, Unit.ROWS),
              new Threshold(Threshold.Operator.MUST_BE, 0, Optional.empty()),
              Optional.of("uniqueness"),
              OnFailure.HOLD,
              "each row has its own " + String.join(", ", key)));
    }
    return rules;
  }

  private Finding misfit(String column, long rows) {
    ContractColumn expected =
        contract.columns().stream()
            .filter(other -> other.name().equals(column))
            .findFirst()
            .orElseThrow();
    return new Finding(
        OwnRules.type(column),
        Optional.of(column),
        "misfits",
        OptionalDouble.of(rows),
        rows == 0 ? Finding.Result.PASSED : Finding.Result.FAILED,
        OnFailure.HOLD,
        "expected every value of %s to fit %s, found %d that do not"
            .formatted(column, expected.type().sql().toLowerCase(Locale.ROOT), rows));
  }
}
