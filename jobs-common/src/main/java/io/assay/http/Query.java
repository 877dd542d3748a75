package io.assay.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The parameters of a URL. */
public final class Query {
  private Query() {}

  /** The URL with parameters added to those it has. */
  public static URI with(URI uri, Map<String, String> more) {
    String added =
        more.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    if (added.isEmpty()) {
      return uri;
    }
    String text = uri.toString();
    return URI.create(text + (uri.getRawQuery() == null ? "?" : "&") + added);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
