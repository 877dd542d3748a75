package io.assay.quality.measure;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * A measure, prepared on a scan.
 *
 * @param metric the metric's name, such as {@code completeness}
 * @param column the column it is about; empty for the whole table
 * @param value gives the value once the scan has run; empty if there was nothing to compute it from
 */
public record Measurement(String metric, Optional<String> column, Supplier<OptionalDouble> value) {}
