package io.assay.quality;

import io.assay.batch.MeasuredBatch;
import io.assay.batch.Series;
import io.assay.contract.BatchRule;
import io.assay.contract.BatchRule.Threshold;
import io.assay.quality.Finding.Result;
import io.assay.quality.anomaly.Baseline;
import io.assay.quality.anomaly.Bounds;
import io.assay.quality.anomaly.Deviation;
import io.assay.quality.measure.AgeUnit;
import io.assay.quality.measure.Measure;
import io.assay.quality.measure.Measurement;
import io.assay.quality.measure.SharedScan;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A rule on how far a measured value is from those of earlier batches, together with what is
 * measured of it.
 *
 * @param newest how many minutes before the clock the newest row is that is not after it, where
 *     rows place the batch in time
 * @param clock the batch's time
 * @param past what earlier batches measured, newest first
 */
record DeviationCheck(
    BatchRule rule,
    Deviation deviation,
    Measurement measurement,
    Optional<Measurement> newest,
    Instant clock,
    List<MeasuredBatch> past)
    implements Judged {
  private static final int MILLISECONDS = 60_000;

  /** A rule that has a deviation. */
  static DeviationCheck of(
      BatchRule rule,
      Measurement measurement,
      SharedScan scan,
      Instant clock,
      List<MeasuredBatch> past) {
    Deviation deviation = rule.deviation().orElseThrow();
    return new DeviationCheck(
        rule,
        deviation,
        measurement,
        deviation.time().map(column -> new Measure.Age(column, AgeUnit.MINUTES).on(scan)),
        clock,
        past);
  }

  @Override
  public Finding finding(boolean empty) {
    if (empty && !(rule.measure() instanceof Measure.RowCount)) {
      return finding(OptionalDouble.empty(), Result.UNKNOWN, "no rows", Optional.empty());
    }
    OptionalDouble value = measurement.value().get();
    Optional<Instant> time = newest.flatMap(this::time);
    if (newest.isPresent() && time.isEmpty()) {
      String column = deviation.time().orElseThrow();
      return finding(
          value, Result.UNKNOWN, "no time in " + column + " to tell the day by", Optional.empty());
    }
    Series series = new Series(rule.series(), time);
    Baseline baseline = Baseline.of(past, deviation, series, clock);
    int known = baseline.values().size();
    if (known < deviation.minimum()) {
      return finding(
          value,
          Result.UNKNOWN,
          "%s, and %d of the %d earlier values that it takes to judge that"
              .formatted(Expectation.found(value), known, deviation.minimum()),
          Optional.of(series));
    }
    boolean fits = value.isPresent() && Double.isFinite(value.getAsDouble());
    boolean holds =
        fits && !baseline.refuses(value.getAsDouble(), deviation.kind(), bounds(rule.threshold()));
    return finding(
        value,
        holds ? Result.PASSED : Result.FAILED,
        Expectation.found(value) + " after " + told(baseline.values()),
        Optional.of(series));
  }

  /** Newest rows that are ahead of the clock tell nothing of the day. */
  private Optional<Instant> time(Measurement age) {
    OptionalDouble minutes = age.value().get();
    return minutes.isPresent()
        ? Optional.of(
            clock.minusMillis(Math.max(0, Math.round(minutes.getAsDouble() * MILLISECONDS))))
        : Optional.empty();
  }

  /** The contract's reader lets no other operators through. */
  private static Bounds bounds(Threshold threshold) {
    Optional<Double> operand = Optional.of(threshold.operand());
    return switch (threshold.operator()) {
      case MUST_BE_GREATER_OR_EQUAL_TO -> new Bounds(operand, Optional.empty());
      case MUST_BE_LESS_OR_EQUAL_TO -> new Bounds(Optional.empty(), operand);
      case MUST_BE_BETWEEN -> new Bounds(operand, threshold.upper());
      default ->
          throw new IllegalStateException("a deviation has ends, not " + threshold.operator());
    };
  }

  private String told(List<Double> values) {
    return deviation.kind().centred()
        ? "%d values from %s to %s"
            .formatted(
                values.size(),
                Expectation.number(Collections.min(values)),
                Expectation.number(Collections.max(values)))
        : Expectation.number(values.get(values.size() - 1));
  }

  private Finding finding(
      OptionalDouble value, Result result, String found, Optional<Series> series) {
    String message =
        "expected %s of %s %s, found %s"
            .formatted(
                deviation.kind().word().replace('_', ' '),
                rule.subject(measurement),
                Expectation.of(rule.threshold()),
                found);
    return new Finding(
        rule.name(),
        measurement.column(),
        measurement.metric(),
        value,
        result,
        rule.onFailure(),
        Expectation.explained(message, rule.description()),
        series);
  }
}
