package io.assay.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.config.HttpAuth;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A token by client credentials (RFC 6749, section 4.4), kept until shortly before it expires. */
final class AccessToken {
  private static final int LIMIT = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration MARGIN = Duration.ofSeconds(30);
  private static final long UNSAID = 300;

  private final String connection;
  private final HttpAuth.Oauth2 client;
  private final Transport transport;
  private final Clock clock;
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
    Answer<byte[]> answer =
        transport.send(request, request.uri(), client.url(), head -> new LimitedBody(LIMIT));
    Unanswered.check(answer, client.url());
    if (!answer.isGood()) {
      throw refused("status " + answer.status());
    }
    JsonNode told = told(answer.body());
    if (!told.path("access_token").isTextual()) {
      throw refused("no access_token");
    }
    value = told.path("access_token").asText();
    Duration lives = Duration.ofSeconds(told.path("expires_in").asLong(UNSAID));
    expires = clock.instant().plus(lives).minus(lives.compareTo(MARGIN) > 0 ? MARGIN : lives);
  }

  private JsonNode told(byte[] body) {
    try {
      JsonNode told = JSON.readTree(body);
      if (!told.isMissingNode()) {
        return told;
      }
    } catch (IOException e) {
      // Its message would quote the answer, which may hold a token.
    }
    throw refused("no JSON");
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
