package io.assay.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Set;

/**
 * What an API answered.
 *
 * @param <B> what is kept of its body
 * @param uri what was asked, without the key that a parameter may hold
 * @param at when the answer was whole
 */
public record Answer<B>(URI uri, int status, HttpHeaders headers, B body, Instant at) {

  /** Whether the API did what it was asked for. */
  public boolean isGood() {
    return status >= 200 && status < 300;
  }

  /** Whether it is worth asking again: the API is busy, or broken. */
  public boolean isPassing() {
    return Set.of(408, 425, 429).contains(status)
        || status >= 500 && !Set.of(501, 505).contains(status);
  }

  /** A header's first value; null if there is none. */
  public String header(String name) {
    return headers.firstValue(name).orElse(null);
  }
}
