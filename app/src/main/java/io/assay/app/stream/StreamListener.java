package io.assay.app.stream;

import io.assay.job.JobReport;

/** Is told what a stream does, from the threads of its queries. */
public interface StreamListener {

  /** A job had something to do, and has ended. */
  void did(JobReport report);

  /** A query is retrying, held or failed, waits for something, or goes on again. */
  void changed(QueryStatus status);
}
