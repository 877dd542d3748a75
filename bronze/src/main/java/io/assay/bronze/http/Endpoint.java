package io.assay.bronze.http;

import io.assay.config.Connection;
import io.assay.config.HttpAuth;
import io.assay.config.Redaction;
import io.assay.config.Source;
import io.assay.http.Query;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The URLs of one endpoint: as they are asked, as they are kept, and as they are shown. */
final class Endpoint {
  private static final String MASK = "***";

  private final String origin;
  private final Map<String, String> parameters;
  private final Set<String> hidden;

  Endpoint(Connection.Http connection, Source.Http source) {
    String path = source.path();
    this.origin =
        connection.url().replaceAll("/+$", "") + (path.startsWith("/") ? path : "/" + path);
    this.parameters = source.parameters();
    this.hidden = new HashSet<>(parameters.keySet());
    if (connection.auth().orElse(null) instanceof HttpAuth.Parameter key) {
      hidden.add(key.name());
    }
  }

  /** What rows name as their origin: the URL without any parameter. */
  String origin() {
    return origin;
  }

  /**
   * The URL of a page.
   *
   * @param position parameters that say which
   */
  URI page(Map<String, String> position) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.putAll(position);
    return Query.with(URI.create(origin), all);
  }

  /** The URL of a link that was {@link #kept}. */
  URI page(String link) {
    return Query.with(URI.create(link), parameters);
  }

  /** A link as it may lie in the ledger: without keys, and what the configuration says anyway. */
  String kept(URI link) {
    return filtered(link, name -> !hidden.contains(name));
  }

  /** A URL for people: what of it is no secret, as far as can be known. */
  String shown(URI uri) {
    String kept = kept(uri);
    int query = kept.indexOf('?');
    return query < 0
        ? kept
        : kept.substring(0, query + 1)
            + pieces(kept.substring(query + 1))
                .map(piece -> Redaction.tells(name(piece)) ? name(piece) + "=" + MASK : piece)
                .collect(Collectors.joining("&"));
  }

  /** Whether it leads to the very server that the connection names, and nowhere else. */
  boolean isOwn(URI link) {
    URI own = URI.create(origin);
    return own.getScheme().equalsIgnoreCase(link.getScheme())
        && own.getHost().equalsIgnoreCase(link.getHost())
        && port(own) == port(link);
  }

  private static String filtered(URI uri, Predicate<String> names) {
    String text = uri.toString().replaceFirst("#.*$", "");
    String path = text.replaceFirst("[?].*$", "");
    String query =
        pieces(Optional.ofNullable(uri.getRawQuery()).orElse(""))
            .filter(piece -> names.test(name(piece)))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  private static Stream<String> pieces(String query) {
    return Arrays.stream(query.split("&")).filter(piece -> !piece.isEmpty());
  }

  private static String name(String piece) {
    String name = piece.replaceFirst("=.*$", "");
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }
}
