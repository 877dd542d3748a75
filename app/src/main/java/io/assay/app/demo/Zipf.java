package io.assay.app.demo;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws ranks by Zipf's law: few are frequent, most are rare. */
final class Zipf {
  private final double[] cumulative;

  /**
   * @param ranks how many there are
   * @param exponent 0 draws evenly; the greater, the more the first ranks are preferred
   */
  Zipf(int ranks, double exponent) {
    cumulative = new double[ranks];
    double sum = 0;
    for (int rank = 0; rank < ranks; rank++) {
      sum += 1 / Math.pow(rank + 1, exponent);
      cumulative[rank] = sum;
    }
  }

  /** A rank, from 0. */
  int draw(RandomGenerator random) {
    double drawn = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, drawn);
    return Math.min(found < 0 ? -found - 1 : found, cumulative.length - 1);
  }
}
