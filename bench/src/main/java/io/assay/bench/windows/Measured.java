package io.assay.bench.windows;

import io.assay.bench.Spread;
import java.util.List;

/**
 * What one peer took.
 *
 * @param events how many clicks it took
 * @param batches in how many batches they came
 * @param seconds of each round
 * @param processor seconds of all cores, of each round
 */
record Measured(
    String peer, long events, int batches, List<Double> seconds, List<Double> processor) {

  /** The measurements as Markdown. */
  static String markdown(List<Measured> all) {
    StringBuilder text =
        new StringBuilder(
            """
            | who | seconds | of processor | seconds a batch | events/s |
            | --- | ---: | ---: | ---: | ---: |
            """);
    for (Measured measured : all) {
      double median = Spread.of(measured.seconds()).median();
      text.append(
          "| %s | %s | %.2f | %.2f | %,.0f |%n"
              .formatted(
                  measured.peer(),
                  Spread.of(measured.seconds()),
                  Spread.of(measured.processor()).median(),
                  median / measured.batches(),
                  measured.events() / median));
    }
    return text + "\nSeconds on the clock: median (fastest to slowest) of the timed runs.\n";
  }
}
