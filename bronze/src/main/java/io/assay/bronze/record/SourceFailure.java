package io.assay.bronze.record;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The store failed while it was read; it says nothing against the file. */
public final class SourceFailure extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  public SourceFailure(IOException cause) {
    super(cause);
  }
}
