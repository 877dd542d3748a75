package io.assay.app.run;

import io.assay.job.JobReport;
import io.assay.table.TableName;

/** Is told what a run does while it does it, from the thread that coordinates it. */
public interface RunListener {

  /** A job begins. */
  void started(TableName table);

  /** A job has ended, or will not be started because something it reads failed or is held. */
  void finished(JobReport report);
}
