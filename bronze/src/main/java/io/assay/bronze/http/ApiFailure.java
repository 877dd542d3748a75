package io.assay.bronze.http;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.time.Duration;
import java.util.Optional;

/** What an answer that is none means. No message holds a secret. */
final class ApiFailure {
  private ApiFailure() {}

  /**
   * Refuses an answer that is worth asking again.
   *
   * @param shown what was asked, for people
   */
  static void requireAnswered(Answer answer, String shown) {
    if (answer.isPassing()) {
      Optional<Duration> pause = RetryAfter.of(answer);
      throw new Unanswered(
          shown
              + " answers with status "
              + answer.status()
              + pause.map(wait -> ", to be asked again after " + wait).orElse(""),
          pause,
          answer.status() != 429,
          null);
    }
  }

  /** Why an answer cannot be used, and asking again would not help. */
  static AssayException refused(String connection, Answer answer, String shown) {
    int status = answer.status();
    if (status == 401 || status == 403) {
      return new AssayException(
          ExitCode.FAILURE,
          "connection '%s' refuses us: %s answers with status %d. Correct its auth in assay.yaml, or have the rights given"
              .formatted(connection, shown, status));
    } else if (status == 404) {
      return new AssayException(
          ExitCode.CONFIGURATION,
          "connection '%s' has nothing at %s (status 404). Correct source.http.path, or the connection's url"
              .formatted(connection, shown));
    } else if (status >= 300 && status < 400) {
      return new AssayException(
          ExitCode.CONFIGURATION,
          "connection '%s' sends us elsewhere: %s answers with status %d. Redirects are not followed, since secrets would go along; give the right url"
              .formatted(connection, shown, status));
    }
    return new AssayException(
        ExitCode.FAILURE,
        "connection '%s' does not take the request: %s answers with status %d. Correct the parameters in source.http"
            .formatted(connection, shown, status));
  }

  /** That an API was asked for as long as its connection says. */
  static AssayException silence(
      String connection, Duration patience, String last, Throwable cause) {
    return new AssayException(
        ExitCode.UNAVAILABLE,
        "connection '%s' does not answer: %s. It was asked for up to %s; nothing of the batch landed, so run again later"
            .formatted(connection, last, patience),
        cause);
  }
}
