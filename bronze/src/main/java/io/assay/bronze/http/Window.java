package io.assay.bronze.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.config.HttpIncremental;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is learned of an endpoint while its pages are read, from one position on to the last page:
 * how far that goes, and what would be answered again.
 */
final class Window {
  private final Optional<HttpIncremental> incremental;
  private final ApiPosition start;
  private final RecordSet all = new RecordSet();
  private final NavigableMap<String, RecordSet> newest = new TreeMap<>(FieldOrder::compare);
  private final Set<String> asked = new HashSet<>();
  private Optional<String> greatest;
  private Optional<String> token = Optional.empty();

  /**
   * @param start where it begins, or goes on if another run has read its first pages
   */
  Window(Optional<HttpIncremental> incremental, ApiPosition start) {
    this.incremental = incremental;
    this.start = start;
    this.greatest = start.greatest();
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
    if (!newest.isEmpty()
        && greatest.map(past -> FieldOrder.compare(newest.lastKey(), past) > 0).orElse(true)) {
      greatest = Optional.of(newest.lastKey());
    }
    if (field.isPresent()) {
      greatest.ifPresent(value -> newest.headMap(again(value), false).clear());
    }
    incremental
        .flatMap(HttpIncremental::token)
        .flatMap(at -> JsonPlace.of(at).text(page.document()))
        .ifPresent(value -> token = Optional.of(value));
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
    return new ApiPosition(start.since(), next, greatest, pages, Optional.empty());
  }

  /** The position before a page that cannot be read, so that it is asked for again. */
  ApiPosition before(Optional<String> next, Page unreadable, long pages) {
    RecordSet seen = new RecordSet();
    seen.add(String.valueOf(unreadable.message().raw()));
    return new ApiPosition(start.since(), next, greatest, pages, Optional.of(seen.text()));
  }

  /** The position behind the last page. */
  ApiPosition end(long pages) {
    Optional<String> since = token.or(() -> greatest.map(this::again)).or(start::since);
    return new ApiPosition(since, Optional.empty(), greatest, pages, seen(since));
  }

  private String again(String value) {
    return incremental
        .flatMap(HttpIncremental::overlap)
        .map(overlap -> FieldOrder.minus(value, overlap))
        .orElse(value);
  }

  /** The same question has the same answer; another one has what lies behind its beginning. */
  private Optional<String> seen(Optional<String> since) {
    if (isResumed()) {
      return Optional.empty();
    } else if (since.equals(start.since())) {
      return Optional.of(all.text());
    }
    RecordSet expected = new RecordSet();
    newest.values().forEach(expected::addAll);
    return Optional.of(expected.text());
  }
}
