package io.assay.config;

import io.assay.document.Setting;

/** How large one batch may grow; a backlog is worked off in batches of this size. */
public record BatchLimits(
    @Setting(
            "The most rows of one batch, and the most messages of one into bronze. One version of a"
                + " table is never split, so a batch of one version may be larger.")
        long rows,
    @Setting("The most files of one batch into bronze.") int files) {
  public static final BatchLimits DEFAULT = new BatchLimits(10_000_000, 1_000);
}
