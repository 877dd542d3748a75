package io.assay.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * What a connection to an HTTP API must be beyond its shape. A null was reported before. No message
 * holds a value.
 */
final class HttpConnectionCheck {
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Visible characters and spaces: what may stand in a header. */
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E\\x80-\\xFF]*");

  private static final Set<String> OWN =
      Set.of(
          "host",
          "content-length",
          "content-encoding",
          "connection",
          "expect",
          "upgrade",
          "transfer-encoding",
          "accept-encoding",
          "authorization");

  private final BiConsumer<String, Object[]> report;

  /**
   * @param report takes a message, and the path below the connection
   */
  HttpConnectionCheck(BiConsumer<String, Object[]> report) {
    this.report = report;
  }

  void check(Connection.Http http) {
    url(http.url(), "url");
    if (http.headers() != null) {
      http.headers().forEach((name, value) -> header(name, value, "headers", name));
    }
    DatasetCheck.present(http.auth()).ifPresent(this::auth);
    Connection.Http.Retry retry = http.retry();
    if (retry != null
        && retry.first() != null
        && retry.longest() != null
        && retry.first().compareTo(retry.longest()) > 0) {
      problem("must be at least as long as first", "retry", "longest");
    }
    if (http.breaker() != null && http.breaker().failures() < 1) {
      problem("must be at least 1", "breaker", "failures");
    }
    DatasetCheck.present(http.rate())
        .filter(rate -> rate.requests() < 1)
        .ifPresent(rate -> problem("must be at least 1", "rate", "requests"));
  }

  private void auth(HttpAuth auth) {
    if (auth instanceof HttpAuth.Header header) {
      header(header.name(), header.secret(), "auth", "header");
    } else if (auth instanceof HttpAuth.Bearer bearer) {
      value(bearer.token(), "auth", "bearer", "token");
    } else if (auth instanceof HttpAuth.Oauth2 oauth) {
      url(oauth.url(), "auth", "oauth2", "url");
    } else if (auth instanceof HttpAuth.Parameter parameter
        && parameter.name() != null
        && parameter.name().isBlank()) {
      problem("must not be empty", "auth", "parameter", "name");
    }
  }

  private void header(String name, String value, Object... path) {
    if (name != null && !isHeader(name)) {
      problem("is no name of a header", path);
    } else if (name != null && isOwn(name)) {
      problem("cannot be set: Assay sets it itself, the header Authorization by auth", path);
    }
    value(value, path);
  }

  static boolean isHeader(String name) {
    return NAME.matcher(name).matches();
  }

  /** Whether Assay sets a header itself. */
  static boolean isOwn(String name) {
    return OWN.contains(name.toLowerCase(Locale.ROOT));
  }

  private void value(String value, Object... path) {
    if (value != null && !VALUE.matcher(value).matches()) {
      problem("has a character that no header can hold", path);
    }
  }

  private void url(String url, Object... path) {
    if (url == null) {
      return;
    }
    try {
      URI uri = new URI(url);
      boolean web = Arrays.asList("http", "https").contains(uri.getScheme());
      if (!web
          || uri.getHost() == null
          || uri.getRawUserInfo() != null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null) {
        problem(
            "must be like https://api.example.com/v1: without user, password and parameters", path);
      }
    } catch (URISyntaxException e) {
      problem("is no URL", path);
    }
  }

  private void problem(String message, Object... path) {
    report.accept(message, path);
  }
}
