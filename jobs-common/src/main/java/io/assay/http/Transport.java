package io.assay.http;

import io.assay.config.Connection;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one request and takes its answer, within the connection's timeout. */
final class Transport {
  private final String name;
  private final Duration timeout;
  private final Clock clock;
  private final HttpClient client;

  /**
   * @param name the connection's
   */
  Transport(String name, Connection.Http connection, Clock clock) {
    this.name = name;
    this.timeout = connection.timeout();
    this.clock = clock;
    // Redirects are not followed: headers with secrets would go along, wherever they lead.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /**
   * The answer, whatever its status.
   *
   * @param uri what is asked, as it may be kept
   * @param shown the same for messages
   * @param body takes the answer's
   * @throws Unanswered if there is none
   */
  <B> Answer<B> send(HttpRequest request, URI uri, String shown, HttpResponse.BodyHandler<B> body) {
    CompletableFuture<HttpResponse<B>> sent = client.sendAsync(request, body);
    try {
      HttpResponse<B> response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer<>(
          uri, response.statusCode(), response.headers(), response.body(), clock.instant());
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw unanswered("no whole answer from " + shown + " within " + timeout, e);
    } catch (ExecutionException e) {
      throw failure(shown, e.getCause());
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private RuntimeException failure(String shown, Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof CertificateException) {
        return new AssayException(
            ExitCode.FAILURE,
            "connection '%s' shows no certificate that is trusted: %s. Correct its url, or the JVM's trust store"
                .formatted(name, each.getMessage()),
            cause);
      }
    }
    return cause instanceof IOException
        ? unanswered("no answer from " + shown + ": " + told(cause), cause)
        : new IllegalStateException(cause);
  }

  private static String told(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static Unanswered unanswered(String message, Throwable cause) {
    return new Unanswered(message, Optional.empty(), true, cause);
  }
}
