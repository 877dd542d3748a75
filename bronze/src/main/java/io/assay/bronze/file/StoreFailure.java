package io.assay.bronze.file;

import io.assay.bronze.record.SourceFailure;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

/** Tells a store that does not answer from a file that cannot be read. */
final class StoreFailure {
  private StoreFailure() {}

  /**
   * The deepest reason of a failed read, in a line.
   *
   * @throws AssayException with exit code 5 if it was the store
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

  /** What to throw: exit code 5 if the store failed, else the failure itself. */
  static RuntimeException orItself(Exception failure) {
    return ofStore(failure)
        .<RuntimeException>map(cause -> unavailable(failure, cause))
        .orElseGet(
            () ->
                failure instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(failure));
  }

  private static Optional<Throwable> ofStore(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketException
          || cause instanceof SocketTimeoutException
          || cause instanceof UnknownHostException
          || cause instanceof SourceFailure) {
        return Optional.of(cause);
      }
    }
    return Optional.empty();
  }

  private static AssayException unavailable(Exception failure, Throwable cause) {
    return new AssayException(
        ExitCode.UNAVAILABLE,
        "the source's store failed while files were read: "
            + cause.getMessage()
            + ". Nothing of the batch landed; run again",
        failure);
  }
}
