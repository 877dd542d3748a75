package io.assay.store;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/**
 * What a failure of a store, or of the way to it, means. The classes of S3's client are known by
 * their names, since it is on the class path only where a project uses S3.
 */
public final class StoreFailure {
  private static final Set<String> NO_BUCKET = Set.of("UnknownStoreException");
  private static final Set<String> NO_CREDENTIALS =
      Set.of(
          "NoAuthWithAWSException",
          "NoAwsCredentialsException",
          "CredentialInitializationException");
  private static final Set<String> SILENCE =
      Set.of(
          "AWSServiceThrottledException",
          "AWSServiceIOException",
          "AWSStatus500Exception",
          "AWSClientIOException",
          "ConnectTimeoutException",
          "NoHttpResponseException",
          "SdkClientException");
  private static final String NO_SUCH_KEY_ID = "InvalidAccessKeyId";
  private static final String S3_CLIENT = "org.apache.hadoop.fs.s3a.S3AFileSystem";

  private StoreFailure() {}

  /**
   * The failure for people, if a store is its cause: exit code 5 if it does not answer, 1 if it
   * refuses us, 4 if there is no such store or no client for it.
   *
   * @param failure with all that caused it
   * @param consequence what became of the work; a sentence, or empty
   */
  public static Optional<AssayException> of(Throwable failure, String consequence) {
    List<Throwable> causes = causes(failure);
    for (Kind kind : Kind.values()) {
      for (Throwable cause : causes) {
        if (kind.fits(cause)) {
          return Optional.of(
              new AssayException(
                  kind.code,
                  kind.message.formatted(line(cause))
                      + (consequence.isEmpty() ? "" : ". " + consequence),
                  failure));
        }
      }
    }
    return Optional.empty();
  }

  /** The kinds, the most telling first: one failure may be wrapped in others of several kinds. */
  private enum Kind {
    NO_CLIENT(
        ExitCode.CONFIGURATION,
        "there is no client for this kind of store here (%s). For s3a:// add"
            + " --packages org.apache.hadoop:hadoop-aws:3.3.4 to spark-submit; for bin/assay run"
            + " bin/build --s3 once") {
      @Override
      boolean fits(Throwable cause) {
        return cause instanceof UnsupportedFileSystemException
            || (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError)
                && (line(cause).contains(S3_CLIENT) || line(cause).contains("amazonaws"));
      }
    },
    NO_STORE(
        ExitCode.CONFIGURATION,
        "there is no such store: %s. Create the bucket, or correct the path") {
      @Override
      boolean fits(Throwable cause) {
        return isAny(cause, NO_BUCKET);
      }
    },
    REFUSED(
        ExitCode.FAILURE,
        "the store refuses us: %s. Correct the credentials, or have the rights given") {
      @Override
      boolean fits(Throwable cause) {
        return cause instanceof AccessDeniedException
            || cause instanceof AccessControlException
            || isAny(cause, NO_CREDENTIALS)
            || line(cause).contains(NO_SUCH_KEY_ID);
      }
    },
    SILENT(ExitCode.UNAVAILABLE, "the store does not answer: %s. Check it, then run again") {
      @Override
      boolean fits(Throwable cause) {
        return cause instanceof SocketException
            || cause instanceof SocketTimeoutException
            || cause instanceof UnknownHostException
            || isAny(cause, SILENCE);
      }
    };

    private final ExitCode code;
    private final String message;

    Kind(ExitCode code, String message) {
      this.code = code;
      this.message = message;
    }

    abstract boolean fits(Throwable cause);
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  private static boolean isAny(Throwable cause, Set<String> names) {
    return names.contains(cause.getClass().getSimpleName());
  }

  private static String line(Throwable cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
