package io.assay.quality.measure;

/** In what an age is told. */
public enum AgeUnit {
  MINUTES(60),
  HOURS(3600),
  DAYS(86400);

  private final int seconds;

  AgeUnit(int seconds) {
    this.seconds = seconds;
  }

  /** So many seconds in this unit. */
  double of(double elapsed) {
    return elapsed / seconds;
  }
}
