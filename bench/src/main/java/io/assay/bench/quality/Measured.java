package io.assay.bench.quality;

import io.assay.bench.Spread;
import java.util.List;
import java.util.Optional;

/**
 * What one peer took for one scenario.
 *
 * @param seconds of each round
 * @param processor seconds of all cores, of each round
 */
record Measured(Scenario scenario, String peer, List<Double> seconds, List<Double> processor) {

  /** The measurements as Markdown: seconds and ratios, then the aims. */
  static String markdown(List<Measured> all) {
    StringBuilder text =
        new StringBuilder(
            """
            | what is asked | who | seconds | of processor | to Assay without rules | to bare Spark |
            | --- | --- | ---: | ---: | ---: | ---: |
            """);
    for (Measured measured : all) {
      text.append(
          "| %s | %s | %s | %.2f | %s | %s |%n"
              .formatted(
                  measured.scenario().label(),
                  measured.peer(),
                  Spread.of(measured.seconds()),
                  Spread.of(measured.processor()).median(),
                  ratio(all, measured, Peers.ASSAY).map("%.2f"::formatted).orElse(""),
                  ratio(all, measured, Peers.BARE).map("%.2f"::formatted).orElse("")));
    }
    text.append("\nSeconds on the clock: median (fastest to slowest) of the timed runs.\n\n");
    return text + aims(all);
  }

  private static String aims(List<Measured> all) {
    StringBuilder text =
        new StringBuilder("| aim | bound | measured | |\n| --- | --- | ---: | --- |\n");
    for (Measured measured : all) {
      if (measured.peer().equals(Peers.ASSAY) && measured.scenario().rules()) {
        double bound = measured.scenario().unique() ? 1.9 : 1.4;
        ratio(all, measured, Peers.ASSAY)
            .ifPresent(
                ratio ->
                    text.append(
                        "| %s / the same write without checks | ≤ %.1f | %.2f | %s |%n"
                            .formatted(
                                measured.scenario().label(),
                                bound,
                                ratio,
                                ratio <= bound ? "met" : "missed")));
      }
    }
    return text.toString();
  }

  /** By how much it took longer than the peer without rules. */
  private static Optional<Double> ratio(List<Measured> all, Measured measured, String peer) {
    return all.stream()
        .filter(other -> other.scenario() == Scenario.UNCHECKED && other.peer().equals(peer))
        .findFirst()
        .map(base -> Spread.of(measured.seconds()).median() / Spread.of(base.seconds()).median());
  }
}
