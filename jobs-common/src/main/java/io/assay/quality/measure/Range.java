package io.assay.quality.measure;

/** Where a measured value can lie, both ends included. */
public record Range(double least, double most) {
  static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  static final Range COUNT = new Range(0, Double.POSITIVE_INFINITY);
  static final Range PERCENT = new Range(0, 100);
  static final Range SHARE = new Range(0, 1);

  /** Whether the value lies there. */
  public boolean has(double value) {
    return value >= least && value <= most;
  }

  /** In words; its ends are whole numbers. */
  public String words() {
    return "from " + (long) least + (Double.isInfinite(most) ? " upwards" : " to " + (long) most);
  }
}
