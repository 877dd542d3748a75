package io.assay.batch;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;

/** Another run is writing the table: a matter of waiting, not of a source. Its exit code is 5. */
public final class LeaseHeldException extends AssayException {
  private static final long serialVersionUID = 1L;

  LeaseHeldException(String message) {
    super(ExitCode.UNAVAILABLE, message);
  }
}
