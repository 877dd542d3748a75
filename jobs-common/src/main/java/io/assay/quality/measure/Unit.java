package io.assay.quality.measure;

/** How rows that break a condition are counted. */
public enum Unit {
  ROWS(Range.COUNT),
  /** Of all rows, 0 to 100. */
  PERCENT(Range.PERCENT);

  private final Range range;

  Unit(Range range) {
    this.range = range;
  }

  Range range() {
    return range;
  }
}
