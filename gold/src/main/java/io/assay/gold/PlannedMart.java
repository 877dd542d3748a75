package io.assay.gold;

import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.job.JobContext;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.List;

/** A mart's batch as it was planned: with windows or without, whatever the mart has by now. */
record PlannedMart(Intent intent, boolean windows) {
  static final String GOLD_STEP = "GOLD";
  static final String LATE_STEP = "LATE";

  static PlannedMart of(Intent intent) {
    MartDefinition definition = MartDefinition.read(intent.configuration());
    return new PlannedMart(intent, definition.windows().isPresent());
  }

  List<BatchStep.Target> targets() {
    return targets(intent.table(), windows);
  }

  /** What a batch of a mart writes. */
  static List<BatchStep.Target> targets(TableName mart, boolean windows) {
    List<BatchStep.Target> targets = new ArrayList<>();
    if (windows) {
      targets.add(new BatchStep.Target(LATE_STEP, TableName.late(mart.name())));
    }
    targets.add(new BatchStep.Target(GOLD_STEP, mart));
    return targets;
  }

  BatchAttempt attempt(JobContext context) {
    return windows
        ? new WindowBatch(context.spark(), context.project().warehouse(), intent)
        : new MartBatch(context.spark(), context.project().warehouse(), intent);
  }
}
