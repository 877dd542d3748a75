package io.assay.bronze.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.Positions;
import io.assay.batch.BatchInput.Span;
import io.assay.batch.Intent;
import io.assay.batch.LedgerJson;
import io.assay.bronze.landing.PulledRange;
import io.assay.bronze.landing.PulledSource;
import io.assay.bronze.record.MessageRules;
import io.assay.config.Dataset;
import io.assay.config.Source;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.JobContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An endpoint as a source of batches. Where a range ends only its pages tell, so they are read
 * before the batch is planned: its intent names the positions before and behind them.
 */
final class HttpSource implements PulledSource {
  private final JobContext context;
  private final Dataset dataset;
  private final Source.Http source;
  private final PageReader reader;
  private final List<String> notes = new ArrayList<>();
  private Window window;
  private List<Span> planned = List.of();
  private Harvest harvest;
  private boolean ended;

  HttpSource(JobContext context, Dataset dataset, Source.Http source) {
    this.context = context;
    this.dataset = dataset;
    this.source = source;
    this.reader = PageReader.of(context.project(), source, context.clock());
  }

  @Override
  public JsonNode configuration() {
    return LedgerJson.tree(MessageRules.of(source));
  }

  @Override
  public Optional<BatchInput> next(Optional<BatchInput> last) {
    if (ended) {
      return Optional.empty();
    }
    Span before = span(reader.origin(), last);
    ApiPosition from = position(before);
    harvest = read(from);
    if (isLongAndKnown(from)) {
      ended = true;
      return Optional.empty();
    }
    ended = harvest.end() != Harvest.End.FULL;
    if (harvest.end() == Harvest.End.UNREADABLE && isKnown(from)) {
      throw stillUnreadable();
    }
    if (from.next().isEmpty()
        && harvest.end() == Harvest.End.LAST
        && (harvest.rows().isEmpty() || window.isKnown())) {
      return Optional.empty();
    }
    planned = spans(before, harvest.until(), last);
    return Optional.of(new Positions(planned));
  }

  /**
   * Whether more pages than a batch may have hold just what was to be expected: for that they are
   * read to the end, and not kept. If they do not they are read again, batch by batch.
   */
  private boolean isLongAndKnown(ApiPosition from) {
    if (from.next().isPresent() || harvest.end() != Harvest.End.FULL || !window.mayBeKnown()) {
      return false;
    }
    Harvest rest = harvest;
    while (rest.end() == Harvest.End.FULL && window.mayBeKnown()) {
      rest = read(rest.until());
    }
    if (rest.end() == Harvest.End.LAST && window.isKnown()) {
      return true;
    }
    window = null;
    harvest = read(from);
    return false;
  }

  private Harvest read(ApiPosition from) {
    long most = dataset.pipeline().batch().rows();
    if (window == null) {
      window = window(from);
    }
    Harvest read = reader.read(window, from, most);
    if (read.end() != Harvest.End.GONE) {
      return read;
    }
    notes.add(
        "the API no longer has the page at which reading was to go on, so it began again: some pages landed twice");
    window = window(read.until());
    return reader.read(window, read.until(), most);
  }

  private Window window(ApiPosition from) {
    return window(dataset, source, from, context.clock());
  }

  /** What is to be learned from one position on; times are compared with the clock as it is now. */
  static Window window(Dataset dataset, Source.Http source, ApiPosition from, Clock clock) {
    Instant asked = clock.instant();
    ZoneId zone = dataset.pipeline().timezone();
    return new Window(source.incremental(), from, value -> FieldOrder.isAhead(value, asked, zone));
  }

  private boolean isKnown(ApiPosition from) {
    return harvest.rows().size() == 1
        && harvest.until().seen().equals(from.seen())
        && harvest.until().next().equals(from.next());
  }

  private AssayException stillUnreadable() {
    PageRow page = harvest.rows().get(0);
    return new AssayException(
        ExitCode.UNAVAILABLE,
        "%s is waiting for a page that still cannot be read: %s (%s). It lies in %s with its _problem; have the API corrected, or source.http.limits raised"
            .formatted(
                dataset.bronze(),
                page.around().getString(0),
                page.message().problem(),
                dataset.bronze()));
  }

  /** How far an origin was read; from its beginning if no batch has named it. */
  static Span span(String origin, Optional<BatchInput> last) {
    return spans(last).stream()
        .filter(span -> span.origin().equals(origin))
        .findFirst()
        .orElseGet(() -> new Span(origin, "", ApiPosition.START.text(), ApiPosition.START.text()));
  }

  static ApiPosition position(Span span) {
    return ApiPosition.of(span.until());
  }

  private static List<Span> spans(Optional<BatchInput> input) {
    return input.isPresent() && input.get() instanceof Positions positions
        ? positions.spans()
        : List.of();
  }

  private static List<Span> spans(Span before, ApiPosition until, Optional<BatchInput> last) {
    List<Span> spans = new ArrayList<>();
    spans.add(new Span(before.origin(), before.identity(), before.until(), until.text()));
    spans(last).stream()
        .filter(span -> !span.origin().equals(before.origin()))
        .map(span -> new Span(span.origin(), span.identity(), span.until(), span.until()))
        .forEach(spans::add);
    return spans;
  }

  /** The next pages are read by the next look, which holds them. */
  @Override
  public boolean knowsOfMore() {
    return harvest != null && !ended;
  }

  @Override
  public PulledRange range(Intent intent) {
    boolean own = spans(Optional.of(intent.input())).equals(planned);
    return new HttpRange(
        context.spark(),
        reader.origin(),
        own ? Optional.of(harvest) : Optional.empty(),
        own ? rangeNotes() : List.of());
  }

  private List<String> rangeNotes() {
    List<String> said = new ArrayList<>(notes);
    notes.clear();
    if (harvest.end() == Harvest.End.UNREADABLE) {
      PageRow page = harvest.rows().get(harvest.rows().size() - 1);
      said.add(
          "%s cannot be read (%s): it landed as it is, and is asked for again by the next run"
              .formatted(page.around().getString(0), page.message().problem()));
    }
    return said;
  }

  @Override
  public void close() {}
}
