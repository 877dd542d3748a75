package io.assay.bench.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When the events of a table could be read.
 *
 * @param content which events each version holds
 * @param seen when a reader saw each version
 */
record ReadableEvents(TableContent content, List<Instant> seen) {

  /**
   * How old each event was when it could be read, in seconds.
   *
   * @param first the first event that is asked for
   * @throws IllegalStateException if one of them never could
   */
  double[] ages(SentEvents sent, int first) {
    double[] ages = new double[sent.size() - first];
    int[] versions = new int[SentEvents.LANES];
    for (int event = first; event < sent.size(); event++) {
      int version = version(sent.lane(event), event, versions[sent.lane(event)]);
      versions[sent.lane(event)] = version;
      ages[event - first] = Duration.between(sent.at(event), seen.get(version)).toNanos() / 1e9;
    }
    return ages;
  }

  /** How many versions brought these events. */
  long versions(SentEvents sent, int first) {
    int last = sent.size() - 1;
    return version(sent.lane(last), last, 0) - version(sent.lane(first), first, 0) + 1L;
  }

  /** The first version, from one on, that holds an event; nothing overtakes in a lane. */
  private int version(int lane, int event, int from) {
    int version = from;
    while (!content.holds(version, lane, event)) {
      version++;
      if (version == content.versions() || version == seen.size()) {
        throw new IllegalStateException("event " + event + " was never readable");
      }
    }
    return version;
  }
}
