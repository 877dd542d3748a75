package io.assay.app.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How far what a system of the shop has sent has come; written by some threads, read by others. */
final class FeedCount {
  /** How many seconds of the rate are kept. */
  static final int SECONDS = 24;

  private final Deque<Mark> waiting = new ArrayDeque<>();
  private final NavigableMap<Long, Long> rate = new TreeMap<>();
  private long sent;
  private long bronze;
  private long silver;

  private record Mark(long sent, long at) {}

  /**
   * How it stands.
   *
   * @param behind how long ago that was sent which is the next to get into silver; zero if all is
   *     there
   * @param rate how much was sent in each of the last seconds
   */
  record Standing(long sent, long bronze, long silver, Duration behind, List<Long> rate) {}

  /** The shop has sent so much more. */
  synchronized void sent(long events) {
    long now = System.nanoTime();
    sent += events;
    waiting.add(new Mark(sent, now));
    rate.merge(second(now), events, Long::sum);
    rate.headMap(second(now) - SECONDS).clear();
  }

  synchronized void inBronze(long events) {
    bronze += events;
  }

  synchronized void inSilver(long events) {
    silver += events;
    while (!waiting.isEmpty() && waiting.peek().sent() <= silver) {
      waiting.remove();
    }
  }

  private static long second(long now) {
    return now / 1_000_000_000L;
  }

  synchronized Standing standing() {
    long now = System.nanoTime();
    Duration behind =
        waiting.isEmpty() ? Duration.ZERO : Duration.ofNanos(now - waiting.peek().at());
    List<Long> last = new ArrayList<>();
    for (long second = second(now) - SECONDS; second < second(now); second++) {
      last.add(rate.getOrDefault(second, 0L));
    }
    return new Standing(sent, bronze, silver, behind, last);
  }
}
