package io.assay.bench.ingest;

import io.assay.bench.Spread;
import java.util.List;

/**
 * What one peer took for one source.
 *
 * @param records how many were taken in
 * @param seconds of each round
 * @param processor seconds of all cores, of each round
 */
record Measured(
    SourceKind source, String peer, long records, List<Double> seconds, List<Double> processor) {

  /** The measurements as Markdown: seconds and records a second, then the aims. */
  static String markdown(List<Measured> all) {
    StringBuilder text =
        new StringBuilder(
            """
            | source | who | seconds | of processor | records/s |
            | --- | --- | ---: | ---: | ---: |
            """);
    for (Measured measured : all) {
      text.append(
          "| %s | %s | %s | %.2f | %,.0f |%n"
              .formatted(
                  measured.source().label(),
                  measured.peer(),
                  Spread.of(measured.seconds()),
                  Spread.of(measured.processor()).median(),
                  measured.speed()));
    }
    text.append("\nSeconds on the clock: median (fastest to slowest) of the timed runs.\n\n");
    return text + aims(all);
  }

  private static String aims(List<Measured> all) {
    StringBuilder text =
        new StringBuilder(
            "| Assay to bare Spark | aim | records/s | |\n| --- | --- | ---: | --- |\n");
    for (Measured measured : all) {
      if (!measured.peer().equals(IngestPeer.ASSAY)) {
        continue;
      }
      all.stream()
          .filter(other -> other.source() == measured.source())
          .filter(other -> other.peer().equals(IngestPeer.BARE))
          .forEach(
              bare -> {
                double share = measured.speed() / bare.speed();
                double aim = measured.source().aim();
                text.append(
                    "| %s | ≥ %.2f | %.2f | %s |%n"
                        .formatted(
                            measured.source().label(),
                            aim,
                            share,
                            share >= aim ? "met" : "missed"));
              });
    }
    return text.toString();
  }

  /** Records a second, of the median round. */
  private double speed() {
    return records / Spread.of(seconds).median();
  }
}
