package io.assay.batch;

/** A batch that was done, with what it set out to do. */
public record FinishedBatch(Intent intent, BatchEnd end) {}
