package io.assay.quality;

import io.assay.batch.Series;
import io.assay.contract.BatchRule;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.BatchRule.Threshold.Operator;
import io.assay.contract.OnFailure;
import io.assay.contract.RowRule;
import io.assay.quality.Finding.Result;
import io.assay.quality.measure.Measure;
import io.assay.quality.measure.Measurement;
import io.assay.quality.measure.SharedScan;
import java.util.Optional;
import java.util.OptionalDouble;

/** A rule together with what is measured of it. */
record Check(
    String rule,
    Measurement measurement,
    String subject,
    Threshold threshold,
    OnFailure onFailure,
    String description,
    boolean ofNoRows,
    Optional<Series> series)
    implements Judged {

  /** A batch rule. Only the number of rows says something of no rows. */
  static Check of(BatchRule rule, Measurement measurement) {
    return new Check(
        rule.name(),
        measurement,
        rule.subject(measurement),
        rule.threshold(),
        rule.onFailure(),
        rule.description(),
        rule.measure() instanceof Measure.RowCount,
        Optional.of(new Series(rule.series(), Optional.empty())));
  }

  /** A row rule that no row may break. */
  static Check of(RowRule rule, SharedScan scan) {
    SharedScan.Probe broken = scan.count(Violations.broken(rule));
    Measurement measurement = new Measurement("broken_rows", rule.column(), broken::value);
    return new Check(
        rule.name(),
        measurement,
        measurement.subject(),
        new Threshold(Operator.MUST_BE, 0, Optional.empty()),
        rule.onFailure() == OnFailure.WARN ? OnFailure.WARN : OnFailure.HOLD,
        Violations.message(rule),
        false,
        Optional.empty());
  }

  @Override
  public Finding finding(boolean empty) {
    if (empty && !ofNoRows) {
      return finding(OptionalDouble.empty(), Result.UNKNOWN, "no rows");
    }
    OptionalDouble value = measurement.value().get();
    boolean holds = value.isPresent() && threshold.holds(value.getAsDouble());
    return finding(value, holds ? Result.PASSED : Result.FAILED, Expectation.found(value));
  }

  private Finding finding(OptionalDouble value, Result result, String found) {
    String message =
        "expected %s %s, found %s".formatted(subject, Expectation.of(threshold), found);
    return new Finding(
        rule,
        measurement.column(),
        measurement.metric(),
        value,
        result,
        onFailure,
        Expectation.explained(message, description),
        series);
  }
}
