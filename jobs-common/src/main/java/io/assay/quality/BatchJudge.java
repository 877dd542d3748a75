package io.assay.quality;

import io.assay.batch.BatchLedger;
import io.assay.batch.Intent;
import io.assay.batch.LookUps;
import io.assay.batch.MeasuredBatch;
import io.assay.batch.PastBatches;
import io.assay.contract.BatchRule;
import io.assay.contract.RowRule;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.quality.anomaly.Deviation;
import io.assay.quality.measure.KnownRows;
import io.assay.quality.measure.Measure;
import io.assay.quality.measure.Measurement;
import io.assay.quality.measure.SharedScan;
import io.assay.sql.Analysis;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Judges rows as a whole: a staged batch, or a mart's new version before readers see it. All rules
 * that can share a scan of the rows share one.
 *
 * <p>Of no rows nothing can be said but their number: every other rule's outcome is then {@code
 * unknown}, and holds nothing.
 *
 * @param clock the batch's time, of which the age of the rows is told
 * @param lookUps the rows of other tables, as the batch sees them; empty for one that is not there
 * @param past what earlier batches measured, newest first; asked only by rules that compare with it
 */
public record BatchJudge(
    Instant clock,
    Function<TableName, Optional<Dataset<Row>>> lookUps,
    Supplier<Stream<MeasuredBatch>> past) {

  /** A judge without a memory. */
  public BatchJudge(Instant clock, Function<TableName, Optional<Dataset<Row>>> lookUps) {
    this(clock, lookUps, Stream::empty);
  }

  /** The judge of a batch: other tables are as it has pinned them, and its ledger is the memory. */
  public static BatchJudge of(SparkSession spark, Warehouse warehouse, Intent intent) {
    LookUps lookUps = new LookUps(new TableCatalog(spark, warehouse), intent);
    PastBatches past =
        new PastBatches(BatchLedger.of(spark, warehouse, intent.table()), intent.batch());
    return new BatchJudge(intent.clock(), lookUps::rows, past::newestFirst);
  }

  /**
   * What each rule finds, in the order given, row rules first.
   *
   * @param rows read once or more; let them be stored, not computed
   * @param rowRules those of a table that has no quarantine: a rule that any row breaks holds it,
   *     unless it only warns
   */
  public List<Finding> findings(Dataset<Row> rows, List<RowRule> rowRules, List<BatchRule> rules) {
    return rowRules.isEmpty() && rules.isEmpty()
        ? List.of()
        : measured(new SharedScan(rows, clock, lookUps), rowRules, rules);
  }

  /**
   * What each rule finds of some rows together with those that are known.
   *
   * @param rows read once or more; let them be stored, not computed
   */
  public List<Finding> findings(Dataset<Row> rows, KnownRows known, List<BatchRule> rules) {
    return measured(new SharedScan(rows, clock, lookUps, Optional.of(known)), List.of(), rules);
  }

  private List<Finding> measured(SharedScan scan, List<RowRule> rowRules, List<BatchRule> rules) {
    return Analysis.of(
        () -> found(scan, rowRules, rules),
        problem ->
            new AssayException(
                ExitCode.CONFIGURATION,
                "a quality rule cannot be evaluated, correct it in the contract: "
                    + Analysis.reason(problem),
                problem));
  }

  private List<Finding> found(SharedScan scan, List<RowRule> rowRules, List<BatchRule> rules) {
    SharedScan.Probe total = scan.rows();
    List<MeasuredBatch> remembered = remembered(rules);
    List<Judged> judged = new ArrayList<>();
    rowRules.forEach(rule -> judged.add(Check.of(rule, scan)));
    Map<Measure, Measurement> measured = new HashMap<>();
    for (BatchRule rule : rules) {
      Measurement measurement =
          measured.computeIfAbsent(rule.measure(), measure -> measure.on(scan).once());
      judged.add(
          rule.deviation().isPresent()
              ? DeviationCheck.of(rule, measurement, scan, clock, remembered)
              : Check.of(rule, measurement));
    }
    scan.run();
    boolean empty = total.value().orElse(0) == 0;
    return judged.stream().map(check -> check.finding(empty)).toList();
  }

  /** As far back as any of the rules looks. */
  private List<MeasuredBatch> remembered(List<BatchRule> rules) {
    int furthest =
        rules.stream()
            .flatMap(rule -> rule.deviation().stream())
            .mapToInt(Deviation::history)
            .max()
            .orElse(0);
    return furthest == 0 ? List.of() : past.get().limit(furthest).toList();
  }
}
