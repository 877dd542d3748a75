package io.assay.bench.history;

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

  double median() {
    List<Double> sorted = seconds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double fastest() {
    return seconds.stream().mapToDouble(second -> second).min().orElseThrow();
  }

  double slowest() {
    return seconds.stream().mapToDouble(second -> second).max().orElseThrow();
  }
}
