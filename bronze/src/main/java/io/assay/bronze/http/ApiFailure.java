package io.assay.bronze.http;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.http.Answer;

/** What an answer that is none means. No message holds a secret. */
final class ApiFailure {
  private ApiFailure() {}

  /** Why an answer cannot be used, and asking again would not help. */
  static AssayException refused(String connection, Answer<?> answer, String shown) {
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
}
