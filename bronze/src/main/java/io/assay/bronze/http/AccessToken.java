package io.assay.bronze.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.bronze.record.MessageRules;
import io.assay.config.HttpAuth;
import io.assay.config.Source;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A token by client credentials (RFC 6749, section 4.4), kept until shortly before it expires. */
final class AccessToken {
  private static final long LIMIT = 1 << 20;
  private static final int DEPTH = 20;
  private static final Duration MARGIN = Duration.ofSeconds(30);
  private static final long UNSAID = 300;

  private final String connection;
  private final HttpAuth.Oauth2 client;
  private final Transport transport;
  private final Clock clock;
  private final Documents documents =
      new Documents(new MessageRules(Source.MessageFormat.JSON, "", LIMIT, DEPTH));
  private String value;
  private Instant expires;

  /**
   * @param connection its name
   */
  AccessToken(String connection, HttpAuth.Oauth2 client, Transport transport, Clock clock) {
    this.connection = connection;
    this.client = client;
    this.transport = transport;
    this.clock = clock;
  }

  /**
   * A token that is valid.
   *
   * @throws AssayException with exit code 1 if the client is refused
   * @throws Unanswered if none is given at present
   */
  String value() {
    if (value == null || !clock.instant().isBefore(expires)) {
      fetch();
    }
    return value;
  }

  /** Forgets the token; whether there was one. */
  boolean forget() {
    boolean had = value != null;
    value = null;
    return had;
  }

  private void fetch() {
    String form =
        "grant_type=client_credentials"
            + client.scope().map(scope -> "&scope=" + encoded(scope)).orElse("");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(client.url()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .header(
                Credentials.HEADER,
                Credentials.basic(encoded(client.clientId()), encoded(client.clientSecret())))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    Answer answer = transport.send(request, request.uri(), client.url(), LIMIT);
    ApiFailure.requireAnswered(answer, client.url());
    if (!answer.isGood()) {
      throw refused("status " + answer.status());
    }
    JsonNode told =
        documents.tree(documents.message(answer.body())).orElseThrow(() -> refused("no JSON"));
    if (!told.path("access_token").isTextual()) {
      throw refused("no access_token");
    }
    value = told.path("access_token").asText();
    Duration lives = Duration.ofSeconds(told.path("expires_in").asLong(UNSAID));
    expires = clock.instant().plus(lives).minus(lives.compareTo(MARGIN) > 0 ? MARGIN : lives);
  }

  private AssayException refused(String answer) {
    return new AssayException(
        ExitCode.FAILURE,
        "connection '%s' gets no token: %s answers with %s. Correct auth.oauth2 in assay.yaml, or have the client allowed"
            .formatted(connection, client.url(), answer));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
