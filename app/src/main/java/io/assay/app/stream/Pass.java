package io.assay.app.stream;

import io.assay.error.ExitCode;
import io.assay.job.JobReport;
import java.util.List;

/** One turn of a query: at most one batch of each of its jobs. */
interface Pass extends AutoCloseable {

  /** Does it. A failure is an outcome, too. */
  Ended run();

  /** Writes down what was not written down yet. */
  @Override
  void close();

  /**
   * How it ended.
   *
   * @param reason for people; empty if there is nothing to say
   * @param exitCode what a run would have ended with; for {@link End#FAILED}
   * @param reports of the jobs that were done
   */
  record Ended(End end, String reason, ExitCode exitCode, List<JobReport> reports) {
    public Ended {
      reports = List.copyOf(reports);
    }
  }

  /** The categories, by what follows from them. */
  enum End {
    /** All that was there has been done. */
    CAUGHT_UP,
    /** A batch was done, and there is more. */
    MORE,
    /** Something that it reads was never made; it will be looked at again. */
    NOT_YET,
    /** Another run is writing the table. */
    BUSY,
    /** A batch waits for a person's decision. */
    HELD,
    /** A source does not answer: worth a retry. */
    UNAVAILABLE,
    /** A retry without a change will not help. */
    FAILED
  }
}
