package io.assay.quality;

import io.assay.contract.BatchRule.Threshold;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/** Thresholds and values in words. */
final class Expectation {
  private static final MathContext DIGITS = new MathContext(6);

  private Expectation() {}

  static String of(Threshold threshold) {
    String operand = number(threshold.operand());
    return switch (threshold.operator()) {
      case MUST_BE -> operand;
      case MUST_NOT_BE -> "other than " + operand;
      case MUST_BE_GREATER_THAN -> "more than " + operand;
      case MUST_BE_GREATER_OR_EQUAL_TO -> "at least " + operand;
      case MUST_BE_LESS_THAN -> "less than " + operand;
      case MUST_BE_LESS_OR_EQUAL_TO -> "at most " + operand;
      case MUST_BE_BETWEEN -> "from " + operand + " to " + upper(threshold);
      case MUST_NOT_BE_BETWEEN -> "outside " + operand + " to " + upper(threshold);
    };
  }

  private static String upper(Threshold threshold) {
    return number(threshold.upper().orElseThrow());
  }

  /** A measured value in words. */
  static String found(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "nothing";
  }

  /** A message with what the contract says of the rule. */
  static String explained(String message, String description) {
    return description.isBlank() ? message : message + " (" + description + ")";
  }

  /** Counts in full, shares to six digits. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Double.isFinite(value)
        ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }
}
