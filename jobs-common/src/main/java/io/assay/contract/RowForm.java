package io.assay.contract;

import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.BatchRule.Threshold.Operator;
import io.assay.quality.measure.Measure;
import io.assay.quality.measure.Statistic;
import java.util.Optional;

/** What the measured share of rows means for one row. */
final class RowForm {
  private RowForm() {}

  /** The condition whose share of rows is measured; empty if something else is. */
  static Optional<String> condition(Measure measure) {
    if (measure instanceof Measure.Compliance compliance) {
      return Optional.of(compliance.predicate());
    } else if (measure instanceof Measure.PatternMatch match) {
      return Optional.of(Predicates.found(match.column(), match.pattern()));
    } else if (measure instanceof Measure.Aggregate aggregate
        && aggregate.statistic() == Statistic.COMPLETENESS) {
      return Optional.of(Predicates.notNull(aggregate.columns().get(0)));
    }
    return Optional.empty();
  }

  /** The one column that the condition is about, if it is about one. */
  static Optional<String> column(Measure measure) {
    if (measure instanceof Measure.Compliance compliance) {
      return compliance.column();
    } else if (measure instanceof Measure.PatternMatch match) {
      return Optional.of(match.column());
    }
    return measure instanceof Measure.Aggregate aggregate
        ? Optional.of(aggregate.columns().get(0))
        : Optional.empty();
  }

  /** Whether the threshold on a share leaves out no row. */
  static boolean everyRow(Threshold threshold) {
    return threshold.operand() == 1
        && (threshold.operator() == Operator.MUST_BE
            || threshold.operator() == Operator.MUST_BE_GREATER_OR_EQUAL_TO);
  }
}
