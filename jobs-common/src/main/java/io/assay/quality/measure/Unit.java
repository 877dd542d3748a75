package io.assay.quality.measure;

/** How rows that break a condition are counted. */
public enum Unit {
  ROWS,
  /** Of all rows, 0 to 100. */
  PERCENT
}
