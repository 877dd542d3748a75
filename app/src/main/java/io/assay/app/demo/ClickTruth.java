package io.assay.app.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** What visitors did in five minutes, as far as no later click is waited for. */
final class ClickTruth {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Duration LATENESS = Duration.ofMinutes(10);
  private static final String UNKNOWN = "unknown";

  private final List<ShopDay> days;

  /** The truth after these days were taken in at once, so that no click was late. */
  ClickTruth(List<ShopDay> days) {
    this.days = List.copyOf(days);
  }

  /** Clicks, and of how many visits, customers and products. */
  record Metrics(long events, long sessions, long customers, long products) {}

  /** By the window's start, type of click and tier. */
  Map<String, Metrics> windows() {
    List<Click> clicks = days.stream().flatMap(day -> day.clicks().stream()).toList();
    Instant newest = clicks.stream().map(Click::at).max(Comparator.naturalOrder()).orElseThrow();
    Map<String, List<Click>> windows = new TreeMap<>();
    for (Click click : clicks) {
      Instant start = start(click.at());
      if (!start.plus(WINDOW).plus(LATENESS).isAfter(newest)) {
        String row = start + " " + click.type() + " " + tier(click);
        windows.computeIfAbsent(row, key -> new ArrayList<>()).add(click);
      }
    }
    Map<String, Metrics> metrics = new TreeMap<>();
    windows.forEach((row, inside) -> metrics.put(row, metrics(inside)));
    return metrics;
  }

  private static Instant start(Instant at) {
    return at.minusMillis(Math.floorMod(at.toEpochMilli(), WINDOW.toMillis()));
  }

  private static Metrics metrics(List<Click> clicks) {
    return new Metrics(
        clicks.size(),
        different(clicks, Click::sessionId),
        different(clicks, Click::customerId),
        different(clicks, Click::productId));
  }

  private static long different(List<Click> clicks, Function<Click, String> of) {
    return clicks.stream().map(of).filter(Objects::nonNull).distinct().count();
  }

  /** What the visitor's tier was when they clicked. */
  private String tier(Click click) {
    return days.stream()
        .flatMap(day -> day.customers().stream())
        .filter(change -> change.id().equals(click.customerId()))
        .filter(change -> !change.at().atZone(OrderBook.ZONE).toInstant().isAfter(click.at()))
        .max(Comparator.comparing(CustomerChange::at))
        .filter(change -> !change.deleted())
        .map(CustomerChange::tier)
        .orElse(UNKNOWN);
  }
}
