package io.assay.batch;

import java.util.Optional;

/**
 * One measured quality of a batch.
 *
 * @param rule the rule that asked for it
 * @param column the column it is about; empty for the whole table
 * @param metric the metric's name, such as {@code completeness}
 * @param value the measured value; empty when it could not be computed, as for an empty batch
 * @param outcome {@code passed | failed | accepted | unknown}
 * @param message what was expected and found
 * @param series the values of other batches that it can be compared with; empty if there are none
 */
public record Metric(
    String rule,
    Optional<String> column,
    String metric,
    Optional<Double> value,
    String outcome,
    String message,
    Optional<Series> series) {}
