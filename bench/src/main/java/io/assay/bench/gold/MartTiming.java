package io.assay.bench.gold;

import io.assay.bench.Spread;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How long a mart took after some items had changed.
 *
 * @param share of all items
 * @param mart the mart's name
 * @param note what the mart said of its keys in the last round
 * @param affected the share of the mart's keys that may have changed; null of several marts
 * @param fromChanges seconds of each round
 * @param inFull seconds of each round, over the same inputs
 */
record MartTiming(
    double share,
    String mart,
    String note,
    Double affected,
    List<Double> fromChanges,
    List<Double> inFull) {

  /** What several marts took in each round, one after another. */
  static MartTiming together(List<MartTiming> marts) {
    return new MartTiming(
        marts.get(0).share(),
        "together",
        "",
        null,
        sums(marts, MartTiming::fromChanges),
        sums(marts, MartTiming::inFull));
  }

  private static List<Double> sums(
      List<MartTiming> marts, Function<MartTiming, List<Double>> seconds) {
    return IntStream.range(0, seconds.apply(marts.get(0)).size())
        .mapToObj(round -> marts.stream().mapToDouble(mart -> seconds.apply(mart).get(round)).sum())
        .toList();
  }

  /** How long it may take from changes at most. */
  record Aim(double ofFull, double seconds) {
    static Aim of(double share) {
      return share <= 0.001 ? new Aim(0.08, 4) : new Aim(share <= 0.01 ? 0.2 : 0.7, 0);
    }

    boolean met(double some, double all) {
      return some <= Math.max(ofFull * all, seconds);
    }

    @Override
    public String toString() {
      String share = "%.0f %%".formatted(100 * ofFull);
      return seconds > 0 ? "max(%s, %.0f s)".formatted(share, seconds) : share;
    }
  }

  /** A line of the report. */
  String markdown() {
    double some = Spread.of(fromChanges).median();
    double all = Spread.of(inFull).median();
    Aim aim = Aim.of(share);
    return "| %s %% | %s | %s | %s | %s | %.1f %% | ≤ %s | %s |"
        .formatted(
            percent(share),
            mart,
            affected == null ? "" : "%.1f %%".formatted(100 * affected),
            Spread.of(fromChanges),
            Spread.of(inFull),
            100 * some / all,
            aim,
            aim.met(some, all) ? "met" : "missed");
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share * 100).stripTrailingZeros().toPlainString();
  }
}
