package io.assay.job;

import io.assay.batch.BatchResult;
import io.assay.table.TableName;

/**
 * A unit of work that fills one table: a value that can be built in a test and run on any session.
 */
public interface Job {

  /** The table that the job fills. */
  TableName table();

  /**
   * Does all the work there is.
   *
   * @throws io.assay.error.AssayException with a message for people, when it fails
   */
  BatchResult run(JobContext context);
}
