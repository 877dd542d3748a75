package io.assay.bench;

import java.util.List;

/** What the rounds of one measurement came to, in seconds. */
public record Spread(double median, double fastest, double slowest) {

  /**
   * The spread of these.
   *
   * @param seconds one or more
   */
  public static Spread of(List<Double> seconds) {
    List<Double> sorted = seconds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
  }

  @Override
  public String toString() {
    return "%.2f (%.2f to %.2f)".formatted(median, fastest, slowest);
  }
}
