package io.assay.bronze.http;

import io.assay.bronze.record.BoundedBytes;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Set;

/**
 * What an API answered.
 *
 * @param uri what was asked, without the key that a parameter may hold
 * @param at when the answer was whole
 */
record Answer(URI uri, int status, HttpHeaders headers, BoundedBytes body, Instant at) {
  private static final Set<Integer> REFUSED_POSITIONS = Set.of(400, 404, 410, 422);

  boolean isGood() {
    return status >= 200 && status < 300;
  }

  /** Whether it is worth asking again: the API is busy, or broken. */
  boolean isPassing() {
    return Set.of(408, 425, 429).contains(status)
        || status >= 500 && !Set.of(501, 505).contains(status);
  }

  /** Whether an API says so of a page that it does not have, or no longer. */
  boolean isNoSuchPage() {
    return REFUSED_POSITIONS.contains(status);
  }

  /** A header's first value; null if there is none. */
  String header(String name) {
    return headers.firstValue(name).orElse(null);
  }
}
