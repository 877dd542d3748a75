package io.assay.batch;

import io.assay.table.CommitTag;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;

/** The commits of batches to Delta tables: each is done once, whoever asks for it again. */
final class StepCommits {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final CommitSeam seam;

  StepCommits(SparkSession spark, Warehouse warehouse, CommitSeam seam) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.seam = seam;
  }

  /** Whether the table holds the step's commit. */
  boolean done(Intent intent, String step, TableName table) {
    OptionalLong last = log(table).lastBatch(intent.application(step));
    return last.isPresent() && last.getAsLong() >= intent.batch();
  }

  /**
   * Commits a step, unless it was done before.
   *
   * @param foreseen the account that travels with the commit
   */
  void commit(Intent intent, BatchStep step, Optional<Account> foreseen) {
    if (done(intent, step.name(), step.table())) {
      return;
    }
    CommitNote note =
        new CommitNote(intent.runId(), intent.table(), intent.batch(), step.name(), foreseen);
    CommitTag tag =
        new CommitTag(intent.application(step.name()), intent.batch(), LedgerJson.text(note));
    seam.commit(new CommitSeam.Point(intent.table(), step.name()), () -> step.write().commit(tag));
  }

  TableLog log(TableName table) {
    return new TableLog(spark, warehouse, table);
  }

  /** What a Delta commit's {@code userMetadata} says. */
  private record CommitNote(
      String runId, TableName table, long batch, String step, Optional<Account> account) {}
}
