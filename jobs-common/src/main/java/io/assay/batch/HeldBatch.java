package io.assay.batch;

import java.time.Instant;
import java.util.List;

/**
 * A batch that waits for a decision: nothing of it is published, and its range stays pinned.
 *
 * @param configurationHash of the configuration it was judged with; a change of it makes the batch
 *     be judged again
 */
public record HeldBatch(
    long batch, String configurationHash, Instant at, List<Hold> holds, Account account) {}
