package io.assay.job;

import io.assay.error.ExitCode;

/** What a command line starts: it says how it ended, or throws. */
@FunctionalInterface
public interface Program {

  /**
   * Does it.
   *
   * @throws io.assay.error.AssayException for what a person can put right
   */
  ExitCode execute() throws Exception;
}
