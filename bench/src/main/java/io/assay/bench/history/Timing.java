package io.assay.bench.history;

import io.assay.bench.Spread;
import java.util.List;

/**
 * What one peer took for one scenario.
 *
 * @param seconds of each round
 * @param processor seconds of all cores, of each round
 */
record Timing(
    int versions,
    long changes,
    Scenario.Feed feed,
    String peer,
    List<Double> seconds,
    List<Double> processor) {

  Scenario scenario() {
    return new Scenario(versions, changes, feed);
  }

  Spread spread() {
    return Spread.of(seconds);
  }
}
