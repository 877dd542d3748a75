package io.assay.bench.history;

import io.assay.bench.Comparison;
import io.assay.bench.history.Scenario.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The measurements as Markdown: seconds of every scenario, and the aims as ratios. */
final class Report {
  private static final String NOTE =
      "Seconds on the clock: median (fastest to slowest) of the timed runs; of %d runs where one takes over %d s."
          .formatted(Comparison.SLOW_ROUNDS, Comparison.SLOW_SECONDS);

  private final Timings timings;

  Report(Timings timings) {
    this.timings = timings;
  }

  String markdown() {
    return seconds() + "\n" + NOTE + "\n\n" + aims();
  }

  private String seconds() {
    StringBuilder table =
        new StringBuilder("| versions | keys changed | feed | " + String.join(" | ", Peers.NAMES));
    table.append(" |\n| ---: | ---: | --- |").append(" ---: |".repeat(Peers.NAMES.size()));
    table.append('\n');
    for (Scenario scenario : timings.scenarios()) {
      table.append(
          "| %d | %,d | %s |"
              .formatted(scenario.versions(), scenario.changes(), scenario.feed().label()));
      for (String peer : Peers.NAMES) {
        table
            .append(timings.of(scenario, peer).map(timing -> " " + timing.spread()).orElse(""))
            .append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  private String aims() {
    StringBuilder table =
        new StringBuilder("| aim | bound | measured | |\n| --- | --- | ---: | --- |\n");
    for (Aim aim : all()) {
      Optional<Timing> above = timings.of(aim.above(), aim.abovePeer());
      Optional<Timing> below = timings.of(aim.below(), aim.belowPeer());
      if (above.isPresent() && below.isPresent()) {
        double ratio = above.get().spread().median() / below.get().spread().median();
        table.append(
            "| %s | %s %.1f | %.2f | %s |%n"
                .formatted(
                    aim.text(),
                    aim.atLeast() ? "≥" : "≤",
                    aim.bound(),
                    ratio,
                    aim.metBy(ratio) ? "met" : "missed"));
      }
    }
    return table.toString();
  }

  private static List<Aim> all() {
    Scenario few = new Scenario(20, 500, Feed.IN_ORDER);
    Scenario many = new Scenario(20, 50_000, Feed.IN_ORDER);
    List<Aim> aims = new ArrayList<>();
    aims.add(
        new Aim(
            "two-step MERGE / Assay; 500 keys, 20 versions",
            few,
            Peers.TWO_STEP,
            few,
            Peers.ASSAY,
            true,
            5));
    aims.add(
        new Aim(
            "Assay / hand-partitioned MERGE; 500 keys, 20 versions",
            few,
            Peers.ASSAY,
            few,
            Peers.PARTITIONED,
            false,
            1.5));
    for (long changes : new long[] {500, 5_000, 50_000}) {
      aims.add(
          ofAssay(
              "20 versions / 1 version; %,d keys in order".formatted(changes),
              new Scenario(20, changes, Feed.IN_ORDER),
              new Scenario(1, changes, Feed.IN_ORDER),
              1.3));
    }
    Scenario fewLate = new Scenario(20, 500, Feed.LATE);
    Scenario manyLate = new Scenario(20, 50_000, Feed.LATE);
    Scenario same = new Scenario(20, 50_000, Feed.NO_CHANGE);
    aims.add(ofAssay("late / in order; 500 keys, 20 versions", fewLate, few, 5));
    aims.add(ofAssay("late / in order; 50,000 keys, 20 versions", manyLate, many, 2));
    aims.add(ofAssay("no change / in order; 50,000 keys, 20 versions", same, many, 0.5));
    return aims;
  }

  private static Aim ofAssay(String text, Scenario above, Scenario below, double atMost) {
    return new Aim(text, above, Peers.ASSAY, below, Peers.ASSAY, false, atMost);
  }

  /** That the median of one measurement over the median of another keeps a bound. */
  private record Aim(
      String text,
      Scenario above,
      String abovePeer,
      Scenario below,
      String belowPeer,
      boolean atLeast,
      double bound) {

    boolean metBy(double ratio) {
      return atLeast ? ratio >= bound : ratio <= bound;
    }
  }
}
