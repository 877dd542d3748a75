package io.assay.silver.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.assay.batch.StagedRows;
import io.assay.table.CommitTag;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The events of a batch that nobody has seen before.
 *
 * @param staged them, packed, each marked whether its key is late and whether it is itself too
 *     late; and, for each key that a new truncate makes late, one or more rows that are not fresh
 *     and tell no more than the key
 * @param duplicates how many events were seen before, in the batch or in an earlier one
 * @param fresh how many are new and not too late
 * @param tooLate how many are new and too late
 * @param truncates how many of the new ones are truncates
 * @param reach what must be folded from all its events
 * @param frontier how far the remembered events reach with these; empty if that is not known
 */
record Arrivals(
    StagedRows staged,
    long duplicates,
    long fresh,
    long tooLate,
    long truncates,
    Reach reach,
    Optional<Frontier> frontier) {
  /** The tag of a commit that appends these events. */
  CommitTag noted(CommitTag tag) {
    return frontier.map(reaches -> tag.noting(Frontier.NOTE, reaches.toJson())).orElse(tag);
  }

  /** The new events but for those that are too late. */
  Dataset<Row> fresh(SparkSession spark) {
    return staged.read(spark).where(col(PackedColumns.FRESH).and(not(col(Lateness.TOO_LATE))));
  }

  /** The new events that are too late. */
  Dataset<Row> tooLate(SparkSession spark) {
    return staged.read(spark).where(col(Lateness.TOO_LATE));
  }

  /** The keys that must be folded from all their events, as far as they can be listed. */
  Dataset<Row> late(SparkSession spark) {
    return staged.read(spark).where(col(PackedColumns.LATE)).select(PackedColumns.KEY);
  }
}
