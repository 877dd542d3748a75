package io.assay.quality;

import io.assay.batch.Decision;
import io.assay.batch.Hold;
import io.assay.batch.Metric;
import io.assay.batch.Series;
import io.assay.batch.Verdict;
import io.assay.contract.OnFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one rule found.
 *
 * @param rule the rule's name
 * @param column the column it is about; empty for the whole table
 * @param metric the metric's name
 * @param value what was measured; empty if it could not be
 * @param result how the rule came out, before any decision of a person
 * @param onFailure what its failure does to the batch: hold it, warn, or nothing where the rows it
 *     is about went to quarantine
 * @param message what was expected and what was found, for a person
 * @param series the values of other batches that the value can be compared with; empty if there are
 *     none
 */
public record Finding(
    String rule,
    Optional<String> column,
    String metric,
    OptionalDouble value,
    Result result,
    OnFailure onFailure,
    String message,
    Optional<Series> series) {

  /** A finding that is of no use to other batches. */
  public Finding(
      String rule,
      Optional<String> column,
      String metric,
      OptionalDouble value,
      Result result,
      OnFailure onFailure,
      String message) {
    this(rule, column, metric, value, result, onFailure, message, Optional.empty());
  }

  /** How a rule came out. */
  public enum Result {
    PASSED,
    FAILED,
    /** There was nothing to judge. */
    UNKNOWN
  }

  /** The verdict that follows from findings and from what a person has accepted. */
  public static Verdict verdict(List<Finding> findings, Decision decision) {
    List<Hold> holds = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    List<Metric> metrics = new ArrayList<>();
    for (Finding finding : findings) {
      boolean failed = finding.result == Result.FAILED;
      boolean accepted = failed && decision.accepted().containsKey(finding.rule);
      if (accepted) {
        warnings.add(finding.acceptedBecause(decision.accepted().get(finding.rule)));
      } else if (failed && finding.onFailure == OnFailure.WARN) {
        warnings.add(finding.rule + ": " + finding.message);
      } else if (failed && finding.onFailure == OnFailure.HOLD) {
        holds.add(new Hold(finding.rule, finding.message));
      }
      metrics.add(finding.metric(accepted));
    }
    return new Verdict(holds, warnings, metrics);
  }

  private String acceptedBecause(String reason) {
    return rule + ": accepted (" + reason + "): " + message;
  }

  private Metric metric(boolean accepted) {
    String outcome =
        switch (result) {
          case PASSED -> "passed";
          case FAILED -> accepted ? "accepted" : "failed";
          case UNKNOWN -> "unknown";
        };
    // What is not a number is told in the message; stored, it would spoil every later comparison.
    Optional<Double> measured =
        value.isPresent()
            ? Optional.of(value.getAsDouble()).filter(Double::isFinite)
            : Optional.empty();
    return new Metric(rule, column, metric, measured, outcome, message, series);
  }
}
