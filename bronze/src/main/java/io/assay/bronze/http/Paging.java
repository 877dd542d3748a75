package io.assay.bronze.http;

import io.assay.config.HttpPaging;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.http.Answer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** From one page to the next. Which page is meant is a text: a cursor, a number or a link. */
final class Paging {
  private static final String LINK = "Link";

  private final Optional<HttpPaging> way;
  private final Endpoint endpoint;

  Paging(Optional<HttpPaging> way, Endpoint endpoint) {
    this.way = way;
    this.endpoint = endpoint;
  }

  /**
   * The URL of a page.
   *
   * @param which empty for the first
   * @param position parameters that say what is asked for, beside the page
   */
  URI uri(Optional<String> which, Map<String, String> position) {
    HttpPaging paging = way.orElse(null);
    if (paging instanceof HttpPaging.Link && which.isPresent()) {
      return endpoint.page(which.get());
    }
    Map<String, String> parameters = new LinkedHashMap<>(position);
    if (paging instanceof HttpPaging.Page page) {
      parameters.put(page.parameter(), which.orElse(Long.toString(page.first())));
    } else if (paging instanceof HttpPaging.Cursor cursor) {
      which.ifPresent(value -> parameters.put(cursor.parameter(), value));
    }
    return endpoint.page(parameters);
  }

  /**
   * Which page follows.
   *
   * @param which the page that was read; empty for the first
   * @return empty if none does
   * @throws AssayException with exit code 1 if a link leads to another server
   */
  Optional<String> after(Page page, Optional<String> which) {
    HttpPaging paging = way.orElse(null);
    if (paging instanceof HttpPaging.Cursor cursor) {
      return JsonPlace.of(cursor.at()).text(page.document());
    } else if (paging instanceof HttpPaging.Page counted) {
      long number = which.map(Long::parseLong).orElse(counted.first());
      return page.records().isEmpty()
          ? Optional.empty()
          : Optional.of(Long.toString(number + counted.step()));
    } else if (paging instanceof HttpPaging.Link link) {
      return LinkHeader.target(page.answer().headers().allValues(LINK), link.link())
          .map(target -> kept(page.answer().uri(), target));
    }
    return Optional.empty();
  }

  /** Whether a page of that status is how an API says that the one before was the last. */
  boolean isBehindLast(Answer<?> answer, Optional<String> which) {
    return answer.status() == 404
        && which.isPresent()
        && way.orElse(null) instanceof HttpPaging.Page;
  }

  /** Whether pages that repeat their records must be a mistake. */
  boolean isCounted() {
    return way.orElse(null) instanceof HttpPaging.Page;
  }

  private String kept(URI page, String target) {
    URI link;
    try {
      link = page.resolve(new URI(target));
    } catch (URISyntaxException e) {
      throw new AssayException(
          ExitCode.FAILURE,
          "%s names a next page that is no URL, in its header Link"
              .formatted(endpoint.shown(page)));
    }
    if (!endpoint.isOwn(link)) {
      throw new AssayException(
          ExitCode.FAILURE,
          "%s names a next page on another server, %s://%s: it is not asked, since secrets would go there. If it is right, make it the connection's url"
              .formatted(endpoint.shown(page), link.getScheme(), link.getAuthority()));
    }
    return endpoint.kept(link);
  }
}
