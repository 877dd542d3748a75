package io.assay.gold;

import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.job.JobContext;
import io.assay.table.TableName;
import java.util.List;

/** A mart's batch as it was planned: with windows or without, whatever the mart has by now. */
record PlannedMart(Intent intent, boolean windows) {
  static final String GOLD_STEP = "GOLD";
  static final String LATE_STEP = "LATE";

  /** As a definition without windows does not have it. */
  private static final String WINDOWS = "windows";

  static PlannedMart of(Intent intent) {
    return new PlannedMart(intent, intent.configuration().hasNonNull(WINDOWS));
  }

  List<BatchStep.Target> targets() {
    return windows ? windowed(intent.table()) : plain(intent.table());
  }

  /** What a batch of a mart without windows writes. */
  static List<BatchStep.Target> plain(TableName mart) {
    return List.of(new BatchStep.Target(GOLD_STEP, mart));
  }

  /** What a batch of a mart of windows writes. */
  static List<BatchStep.Target> windowed(TableName mart) {
    return List.of(
        new BatchStep.Target(LATE_STEP, TableName.late(mart.name())),
        new BatchStep.Target(GOLD_STEP, mart));
  }

  BatchAttempt attempt(JobContext context) {
    return windows
        ? new WindowBatch(context.spark(), context.project().warehouse(), intent)
        : new MartBatch(context.spark(), context.project().warehouse(), intent);
  }
}
