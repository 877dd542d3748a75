package io.assay.batch;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a measured value belongs among those of other batches.
 *
 * @param id equal for values that can be compared: the same was measured of the same rows
 * @param time the value's own time, where the rows tell it; empty: the batch's
 */
public record Series(String id, Optional<Instant> time) {}
