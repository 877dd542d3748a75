package io.assay.contract;

import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.RuleProperties.Anomalous;
import io.assay.document.Problems;
import io.assay.quality.anomaly.Deviation;
import io.assay.quality.measure.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The property {@code anomaly} of a rule. What the rule measures is also compared with earlier
 * batches, by a rule of its own; the rule itself means what the standard says.
 */
final class AnomalyProperty {
  /** As rules have it. */
  static final String NAME = "anomaly";

  private static final String KIND = "kind";
  private static final String ON_FAILURE = "onFailure";

  private final RuleArguments arguments;

  /**
   * @param said as the rule has it
   */
  AnomalyProperty(Anomalous said, Map<String, ContractColumn> columns, Problems problems) {
    this.arguments = new RuleArguments(said.value(), said.path(), columns, problems);
  }

  /**
   * What is said; empty if it is wrong, which is then among the problems.
   *
   * @param measure what the rule measures
   * @param usual what becomes of a batch that deviates if nothing is said of it
   */
  Optional<Anomaly> read(Measure measure, OnFailure usual) {
    DeviationArguments deviating = new DeviationArguments(arguments, KIND);
    if (!arguments.onlyHas(keys(), "key")) {
      return Optional.empty();
    } else if (!deviating.given()) {
      arguments.text(KIND);
      return Optional.empty();
    }
    Optional<OnFailure> onFailure =
        arguments.has(ON_FAILURE)
            ? arguments
                .oneOf(ON_FAILURE, "value", List.of("hold", "warn"))
                .map(text -> OnFailure.valueOf(text.toUpperCase(Locale.ROOT)))
            : Optional.of(usual);
    Optional<Threshold> threshold =
        Operators.threshold(arguments.mapping(), arguments.path(), arguments.problems());
    if (onFailure.isEmpty() || threshold.isEmpty()) {
      return Optional.empty();
    }
    return deviating
        .read(threshold.get(), measure.range())
        .map(deviation -> new Anomaly(deviation, threshold.get(), onFailure.get()));
  }

  private static List<String> keys() {
    List<String> keys = new ArrayList<>(DeviationArguments.keys(KIND));
    keys.add(ON_FAILURE);
    keys.addAll(Operators.known());
    return keys;
  }

  /**
   * A comparison with earlier batches.
   *
   * @param threshold what the deviation must be
   * @param onFailure {@link OnFailure#HOLD} or {@link OnFailure#WARN}
   */
  record Anomaly(Deviation deviation, Threshold threshold, OnFailure onFailure) {}
}
