package io.assay.bronze.http;

import io.assay.batch.LedgerJson;
import java.util.Optional;

/**
 * How far an endpoint was read, as a span's text.
 *
 * @param since what the incremental parameter is to be; empty at first, and where there is none
 * @param next the page to go on at, if the pages from {@code since} on were not all read: a cursor,
 *     a number or a link
 * @param greatest the greatest value of the incremental field that was seen
 * @param pages how many pages have landed
 * @param seen the set of records that would be answered if nothing new came; empty where that is
 *     not known
 */
record ApiPosition(
    Optional<String> since,
    Optional<String> next,
    Optional<String> greatest,
    long pages,
    Optional<String> seen) {
  static final ApiPosition START =
      new ApiPosition(Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty());

  static ApiPosition of(String text) {
    return LedgerJson.value(text, ApiPosition.class);
  }

  /** The same, from the first page on. */
  ApiPosition fromFirstPage() {
    return new ApiPosition(since, Optional.empty(), greatest, pages, Optional.empty());
  }

  String text() {
    return LedgerJson.text(this);
  }
}
