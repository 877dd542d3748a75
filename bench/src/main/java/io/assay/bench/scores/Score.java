package io.assay.bench.scores;

import java.util.OptionalDouble;
import java.util.Set;

/**
 * How well flagged cells meet the wrong ones.
 *
 * @param wrong how many cells are wrong
 * @param flagged how many were flagged
 * @param found how many are both
 */
record Score(long wrong, long flagged, long found) {

  static Score of(Set<Cell> wrong, Set<Cell> flagged) {
    return new Score(
        wrong.size(), flagged.size(), flagged.stream().filter(wrong::contains).count());
  }

  /** The share of flagged cells that are wrong; empty if none was flagged. */
  OptionalDouble precision() {
    return share(found, flagged);
  }

  /** The share of wrong cells that were flagged; empty if none is wrong. */
  OptionalDouble recall() {
    return share(found, wrong);
  }

  /** The harmonic mean of precision and recall; empty if no cell is either. */
  OptionalDouble f1() {
    return share(2 * found, wrong + flagged);
  }

  private static OptionalDouble share(long part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
  }
}
