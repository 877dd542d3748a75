package io.assay.bronze.http;

import io.assay.bronze.record.BoundedBytes;
import io.assay.bronze.record.MessageRules;
import io.assay.config.Connection;
import io.assay.config.Project;
import io.assay.config.Source;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.http.Answer;
import io.assay.http.ApiClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads an endpoint, page by page. */
final class PageReader {
  /** The most bytes of bodies in one batch, which are held in memory. */
  /** So an API says that it does not have a page, or no longer. */
  private static final Set<Integer> NO_SUCH_PAGE = Set.of(400, 404, 410, 422);

  private static final long BATCH_BYTES = 32L << 20;

  private final ApiClient client;
  private final Endpoint endpoint;
  private final Paging paging;
  private final Documents documents;
  private final Optional<JsonPlace> records;
  private final long limit;
  private String lastPage = "";

  private PageReader(ApiClient client, Connection.Http connection, Source.Http source) {
    this.client = client;
    this.endpoint = new Endpoint(connection, source);
    this.paging = new Paging(source.paging(), endpoint);
    this.documents = new Documents(MessageRules.of(source));
    this.records = source.records().map(JsonPlace::of);
    this.limit = source.limits().recordBytes();
  }

  /**
   * A reader of the endpoint that a source names.
   *
   * @throws AssayException with exit code 4 if its connection is none
   */
  static PageReader of(Project project, Source.Http source, Clock clock) {
    if (project.settings().connections().get(source.connection())
        instanceof Connection.Http connection) {
      return new PageReader(
          new ApiClient(source.connection(), connection, clock, "nothing of the batch landed"),
          connection,
          source);
    }
    throw new AssayException(
        ExitCode.CONFIGURATION,
        "connection '%s' is no HTTP API: declare it in assay.yaml under connections"
            .formatted(source.connection()));
  }

  /** What rows name as their origin. */
  String origin() {
    return endpoint.origin();
  }

  /**
   * Reads pages until there are so many records, or no more.
   *
   * @param window that the pages belong to; it takes note of them
   * @throws AssayException with exit code 5 if the API does not answer, with 1 if it refuses us or
   *     goes round in circles, with 4 if there is no such endpoint
   */
  Harvest read(Window window, ApiPosition from, long most) {
    Reading reading = new Reading(window, from, most);
    Optional<Harvest> harvest = Optional.empty();
    while (harvest.isEmpty()) {
      harvest = reading.nextPage();
    }
    return harvest.get();
  }

  /** The pages of one batch, one after another. */
  private final class Reading {
    private final Window window;
    private final ApiPosition from;
    private final long most;
    private final List<PageRow> rows = new ArrayList<>();
    private Optional<String> which;
    private long bytes;
    private long count;

    Reading(Window window, ApiPosition from, long most) {
      this.window = window;
      this.from = from;
      this.most = most;
      this.which = from.next();
      if (which.isEmpty()) {
        lastPage = "";
      }
    }

    /** Reads a page; what was harvested if it was the last of the batch. */
    Optional<Harvest> nextPage() {
      URI uri = paging.uri(which, window.parameters());
      String shown = endpoint.shown(uri);
      Answer<BoundedBytes> answer =
          client.ask(HttpRequest.Builder::GET, uri, shown, head -> new BoundedBody(limit));
      if (paging.isBehindLast(answer, which)) {
        return ended(Harvest.End.LAST, window.end(pages()));
      } else if (isGone(answer)) {
        return ended(Harvest.End.GONE, from.fromFirstPage());
      } else if (!answer.isGood()) {
        throw ApiFailure.refused(client.name(), answer, shown);
      }
      Page page = Page.of(answer, documents, records);
      if (page.isUnreadable()) {
        rows.add(PageRow.of(page, shown));
        return ended(Harvest.End.UNREADABLE, window.before(which, page, pages()));
      }
      take(page, shown);
      Optional<String> next = paging.after(page, which);
      if (next.isEmpty()) {
        return ended(Harvest.End.LAST, window.end(pages()));
      }
      requireProgress(window, page, next.get(), shown);
      which = next;
      return count >= most || bytes >= BATCH_BYTES
          ? ended(Harvest.End.FULL, window.before(which, pages()))
          : Optional.empty();
    }

    private void take(Page page, String shown) {
      window.add(page);
      if (!page.records().isEmpty()) {
        rows.add(PageRow.of(page, shown));
        bytes += page.answer().body().size();
        count += page.records().size();
      }
    }

    private boolean isGone(Answer<?> answer) {
      return NO_SUCH_PAGE.contains(answer.status())
          && window.isResumed()
          && rows.isEmpty()
          && which.equals(from.next());
    }

    private Optional<Harvest> ended(Harvest.End end, ApiPosition until) {
      return Optional.of(new Harvest(rows, count, until, end));
    }

    private long pages() {
      return from.pages() + rows.size();
    }
  }

  /** A server that does not know the parameter of the page gives the first one for ever. */
  private void requireProgress(Window window, Page page, String next, String shown) {
    RecordSet content = new RecordSet();
    page.records().forEach(content::add);
    boolean repeated = paging.isCounted() && content.text().equals(lastPage);
    lastPage = content.text();
    if (repeated || !window.asks(next)) {
      throw new AssayException(
          ExitCode.FAILURE,
          repeated
              ? "%s has the same records as the page before it: does the API know the parameter in source.http.paging? Nothing of the batch landed"
                  .formatted(shown)
              : "%s names a next page that was read already: the API goes round in circles. Nothing of the batch landed; correct source.http.paging"
                  .formatted(shown));
    }
  }
}
