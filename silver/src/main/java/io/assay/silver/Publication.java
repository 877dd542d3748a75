package io.assay.silver;

import io.assay.batch.Account;
import io.assay.batch.BatchStep;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How accepted rows get into the silver tables: appended, or merged into a history. */
interface Publication extends AutoCloseable {

  /**
   * Prepares the commits.
   *
   * @param accepted the batch's rows that broke no rule
   * @param counts what the batch was found to hold
   * @return the account of the batch
   */
  Account settle(Dataset<Row> accepted, StagedCounts counts);

  /** The commits that have something to write, in order; after {@link #settle}. */
  List<BatchStep> steps();

  @Override
  void close();
}
