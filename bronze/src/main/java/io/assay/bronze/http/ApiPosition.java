package io.assay.bronze.http;

import io.assay.batch.LedgerJson;
import java.util.Map;
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
 * @param passed what is known of the pages from {@code since} on that have landed, while others are
 *     left; empty where that is not known
 */
record ApiPosition(
    Optional<String> since,
    Optional<String> next,
    Optional<String> greatest,
    long pages,
    Optional<String> seen,
    Optional<Passed> passed) {
  static final ApiPosition START =
      new ApiPosition(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          Optional.empty());

  /** Positions of before had no pages that were passed. */
  ApiPosition {
    passed = passed == null ? Optional.empty() : passed;
  }

  /**
   * Records of pages that have landed, as sets of them.
   *
   * @param all every one
   * @param newest those that the next question is answered with as well, by their incremental field
   */
  record Passed(String all, Map<String, String> newest) {}

  static ApiPosition of(String text) {
    return LedgerJson.value(text, ApiPosition.class);
  }

  /** The same, from the first page on. */
  ApiPosition fromFirstPage() {
    return new ApiPosition(
        since, Optional.empty(), greatest, pages, Optional.empty(), Optional.empty());
  }

  String text() {
    return LedgerJson.text(this);
  }
}
