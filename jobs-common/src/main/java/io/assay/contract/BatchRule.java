package io.assay.contract;

import io.assay.quality.anomaly.Deviation;
import io.assay.quality.measure.Measure;
import io.assay.quality.measure.Measurement;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * A rule on a whole batch, or on a mart's new version.
 *
 * @param name unique in the contract
 * @param measure what is measured
 * @param threshold what the measured value must be, or with a deviation: how far it may be from
 *     those of earlier batches
 * @param dimension the standard's quality dimension
 * @param onFailure {@link OnFailure#HOLD} or {@link OnFailure#WARN}
 * @param description what is expected, for people
 * @param on which rows are measured; of a mart, whose rows are all published, it tells nothing, and
 *     {@link JudgedRows#TABLE} is refused
 * @param deviation how the value is compared with those of earlier batches; empty if it is not
 */
public record BatchRule(
    String name,
    Measure measure,
    Threshold threshold,
    Optional<String> dimension,
    OnFailure onFailure,
    String description,
    JudgedRows on,
    Optional<Deviation> deviation) {

  /** A rule on the measured value of all rows that came. */
  public BatchRule(
      String name,
      Measure measure,
      Threshold threshold,
      Optional<String> dimension,
      OnFailure onFailure,
      String description) {
    this(
        name,
        measure,
        threshold,
        dimension,
        onFailure,
        description,
        JudgedRows.INCOMING,
        Optional.empty());
  }

  /**
   * Names the values of other batches that the measured one can be compared with: equal for rules
   * that measure the same of the same rows, and place it in time alike, whatever their names.
   */
  public String series() {
    String time = deviation.flatMap(Deviation::time).map(column -> " by " + column).orElse("");
    String measured = ResolvedJson.tree(measure) + " of " + on + time;
    return UUID.nameUUIDFromBytes(measured.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** What is measured, in words. */
  public String subject(Measurement measured) {
    return measured.subject() + (on == JudgedRows.TABLE ? " in the whole table" : "");
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
