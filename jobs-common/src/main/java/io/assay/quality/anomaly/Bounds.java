package io.assay.quality.anomaly;

import java.util.Optional;

/** Between which ends a deviation must lie, both included; an end that is empty bounds nothing. */
public record Bounds(Optional<Double> lower, Optional<Double> upper) {}
