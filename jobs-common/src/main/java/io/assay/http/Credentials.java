package io.assay.http;

import io.assay.config.HttpAuth;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Adds to a request who asks. */
final class Credentials {
  static final String HEADER = "Authorization";

  private final Optional<HttpAuth> auth;
  private final Optional<AccessToken> token;

  /**
   * @param token the source of tokens, if they are fetched
   */
  Credentials(Optional<HttpAuth> auth, Optional<AccessToken> token) {
    this.auth = auth;
    this.token = token;
  }

  /** The URL to ask; it may hold a key from here on. */
  URI signed(URI uri) {
    return auth.orElse(null) instanceof HttpAuth.Parameter key
        ? Query.with(uri, Map.of(key.name(), key.secret()))
        : uri;
  }

  /**
   * Adds headers.
   *
   * @throws Unanswered if a token is needed and not given at present
   */
  void sign(HttpRequest.Builder request) {
    HttpAuth way = auth.orElse(null);
    if (way instanceof HttpAuth.Basic basic) {
      request.setHeader(HEADER, basic(basic.user(), basic.password()));
    } else if (way instanceof HttpAuth.Bearer bearer) {
      request.setHeader(HEADER, "Bearer " + bearer.token());
    } else if (way instanceof HttpAuth.Header header) {
      request.setHeader(header.name(), header.secret());
    }
    token.ifPresent(source -> request.setHeader(HEADER, "Bearer " + source.value()));
  }

  /** Forgets a token that was refused; whether another one can be had. */
  boolean renew() {
    return token.isPresent() && token.get().forget();
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }
}
