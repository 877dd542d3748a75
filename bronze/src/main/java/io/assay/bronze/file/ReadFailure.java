package io.assay.bronze.file;

import io.assay.bronze.record.SourceFailure;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.store.StoreFailure;
import java.util.Optional;

/** Tells a store that does not answer from a file that cannot be read. */
final class ReadFailure {
  private static final String CONSEQUENCE = "Nothing of the batch landed";

  private ReadFailure() {}

  /**
   * The deepest reason of a failed read, in a line.
   *
   * @throws AssayException if it was the store
   */
  static String rethrowOrDescribe(Exception failure) {
    if (ofStore(failure).isPresent()) {
      throw orItself(failure);
    }
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return "it cannot be read ("
        + String.valueOf(deepest.getMessage()).lines().findFirst().orElse("")
        + ")";
  }

  /** What to throw: one for people if the store failed, else the failure itself. */
  static RuntimeException orItself(Exception failure) {
    return ofStore(failure)
        .<RuntimeException>map(known -> known)
        .orElseGet(
            () ->
                failure instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(failure));
  }

  private static Optional<AssayException> ofStore(Exception failure) {
    return StoreFailure.of(failure, CONSEQUENCE).or(() -> unavailable(failure));
  }

  /** Whatever else a store threw while a file was read: it says nothing against the file. */
  private static Optional<AssayException> unavailable(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SourceFailure) {
        return Optional.of(
            new AssayException(
                ExitCode.UNAVAILABLE,
                "the source's store failed while files were read: %s. %s; run again"
                    .formatted(cause.getMessage(), CONSEQUENCE),
                failure));
      }
    }
    return Optional.empty();
  }
}
