package io.assay.contract;

import io.assay.quality.measure.Measure;
import java.util.Optional;

/**
 * A rule on a whole batch, or on a mart's new version.
 *
 * @param name unique in the contract
 * @param measure what is measured
 * @param threshold what the measured value must be
 * @param dimension the standard's quality dimension
 * @param onFailure {@link OnFailure#HOLD} or {@link OnFailure#WARN}
 * @param description what is expected, for people
 * @param on which rows are measured; of a mart, whose rows are all published, it tells nothing
 */
public record BatchRule(
    String name,
    Measure measure,
    Threshold threshold,
    Optional<String> dimension,
    OnFailure onFailure,
    String description,
    JudgedRows on) {

  /** A rule on all rows that came. */
  public BatchRule(
      String name,
      Measure measure,
      Threshold threshold,
      Optional<String> dimension,
      OnFailure onFailure,
      String description) {
    this(name, measure, threshold, dimension, onFailure, description, JudgedRows.INCOMING);
  }

  /**
   * What the value must be, by the standard's operators.
   *
   * @param operand the bound; for between, the lower one
   * @param upper the upper bound of between
   */
  public record Threshold(Operator operator, double operand, Optional<Double> upper) {
    /** The standard's operators. */
    public enum Operator {
      MUST_BE,
      MUST_NOT_BE,
      MUST_BE_GREATER_THAN,
      MUST_BE_GREATER_OR_EQUAL_TO,
      MUST_BE_LESS_THAN,
      MUST_BE_LESS_OR_EQUAL_TO,
      MUST_BE_BETWEEN,
      MUST_NOT_BE_BETWEEN
    }

    /** Whether the value is as it must be. What is not a number never is. */
    public boolean holds(double value) {
      return !Double.isNaN(value) && compares(value);
    }

    private boolean compares(double value) {
      return switch (operator) {
        case MUST_BE -> value == operand;
        case MUST_NOT_BE -> value != operand;
        case MUST_BE_GREATER_THAN -> value > operand;
        case MUST_BE_GREATER_OR_EQUAL_TO -> value >= operand;
        case MUST_BE_LESS_THAN -> value < operand;
        case MUST_BE_LESS_OR_EQUAL_TO -> value <= operand;
        case MUST_BE_BETWEEN -> value >= operand && value <= upper.orElseThrow();
        case MUST_NOT_BE_BETWEEN -> value < operand || value > upper.orElseThrow();
      };
    }
  }
}
