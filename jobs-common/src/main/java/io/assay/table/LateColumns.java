package io.assay.table;

/** What a table of late events has besides the columns of the events. */
public final class LateColumns {
  /** Up to when windows had been closed when the event came; null if it has no time. */
  public static final String MISSED_WATERMARK = "missed_watermark";

  private LateColumns() {}
}
