package io.assay.bronze.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.config.HttpIncremental;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What is learned of an endpoint while its pages are read, from one position on to the last page:
 * how far that goes, and what would be answered again.
 */
final class Window {
  /** Of more values of the incremental field none is kept in a position, which has to be small. */
  private static final int MOST_VALUES = 2000;

  private final Optional<HttpIncremental> incremental;
  private final ApiPosition start;
  private final Predicate<String> ahead;
  private final RecordSet all;
  private final NavigableMap<String, RecordSet> newest = new TreeMap<>(FieldOrder::compare);
  private final Set<String> asked = new HashSet<>();
  private Optional<String> greatest;
  private Optional<String> token = Optional.empty();

  /**
   * @param start where it begins, or goes on if another run has read its first pages
   * @param ahead tells values of times that have not come: no position is made of them, or what
   *     lies before them would never be asked for
   */
  Window(Optional<HttpIncremental> incremental, ApiPosition start, Predicate<String> ahead) {
    this.incremental = incremental;
    this.start = start;
    this.ahead = ahead;
    this.greatest = start.greatest();
    this.all = start.passed().map(passed -> RecordSet.of(passed.all())).orElseGet(RecordSet::new);
    start
        .passed()
        .ifPresent(
            passed ->
                passed.newest().forEach((value, set) -> newest.put(value, RecordSet.of(set))));
  }

  /** The parameters that say since when is asked. */
  Map<String, String> parameters() {
    return incremental
        .flatMap(by -> start.since().or(by::start).map(since -> Map.of(by.parameter(), since)))
        .orElse(Map.of());
  }

  /** Whether another run has read its first pages. */
  boolean isResumed() {
    return start.next().isPresent();
  }

  /** Takes note of a page that will be asked for; false if it was before. */
  boolean asks(String page) {
    return asked.add(page);
  }

  void add(Page page) {
    Optional<JsonPlace> field = incremental.flatMap(HttpIncremental::greatest).map(JsonPlace::of);
    for (JsonNode record : page.records()) {
      all.add(record);
      field
          .flatMap(at -> at.text(record))
          .ifPresent(value -> newest.computeIfAbsent(value, v -> new RecordSet()).add(record));
    }
    newest.descendingKeySet().stream().filter(ahead.negate()).findFirst().ifPresent(this::reach);
    if (field.isPresent()) {
      greatest.ifPresent(value -> newest.headMap(again(value), false).clear());
    }
    incremental
        .flatMap(HttpIncremental::token)
        .flatMap(at -> JsonPlace.of(at).text(page.document()))
        .ifPresent(value -> token = Optional.of(value));
  }

  private void reach(String value) {
    if (greatest.map(past -> FieldOrder.compare(value, past) > 0).orElse(true)) {
      greatest = Optional.of(value);
    }
  }

  /**
   * Whether its records may turn out to be those that were to be expected, as far as it is read.
   */
  boolean mayBeKnown() {
    return !isResumed()
        && start.seen().filter(seen -> all.size() <= RecordSet.of(seen).size()).isPresent();
  }

  /** Whether its records are just those that were to be expected if nothing new came. */
  boolean isKnown() {
    return !isResumed() && start.seen().equals(Optional.of(all.text()));
  }

  /**
   * The position before pages that are left.
   *
   * @param pages how many have landed by then
   */
  ApiPosition before(Optional<String> next, long pages) {
    return new ApiPosition(start.since(), next, greatest, pages, Optional.empty(), passed());
  }

  /** The position before a page that cannot be read, so that it is asked for again. */
  ApiPosition before(Optional<String> next, Page unreadable, long pages) {
    RecordSet seen = new RecordSet();
    seen.add(String.valueOf(unreadable.message().raw()));
    return new ApiPosition(
        start.since(), next, greatest, pages, Optional.of(seen.text()), passed());
  }

  /** The position behind the last page. */
  ApiPosition end(long pages) {
    Optional<String> since = token.or(() -> greatest.map(this::again)).or(start::since);
    return new ApiPosition(since, Optional.empty(), greatest, pages, seen(since), Optional.empty());
  }

  /** Whether all its records are known, also those of pages that another run has read. */
  private boolean isWhole() {
    return !isResumed() || start.passed().isPresent();
  }

  private Optional<ApiPosition.Passed> passed() {
    if (!isWhole() || newest.size() > MOST_VALUES) {
      return Optional.empty();
    }
    Map<String, String> sets = new TreeMap<>();
    newest.forEach((value, set) -> sets.put(value, set.text()));
    return Optional.of(new ApiPosition.Passed(all.text(), sets));
  }

  private String again(String value) {
    return incremental
        .flatMap(HttpIncremental::overlap)
        .map(overlap -> FieldOrder.minus(value, overlap))
        .orElse(value);
  }

  /** The same question has the same answer; another one has what lies behind its beginning. */
  private Optional<String> seen(Optional<String> since) {
    if (!isWhole()) {
      return Optional.empty();
    } else if (since.equals(start.since())) {
      return Optional.of(all.text());
    }
    RecordSet expected = new RecordSet();
    newest.values().forEach(expected::addAll);
    return Optional.of(expected.text());
  }
}
