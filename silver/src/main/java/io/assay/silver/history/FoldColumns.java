package io.assay.silver.history;

/** The columns that a row gets on its way through the {@link Fold}. */
final class FoldColumns {
  /**
   * A part of the keys, whole keys each, that sees the truncates; int. All windows are within one.
   */
  static final String CHUNK = "_chunk";

  /** The first truncate after the row; struct of {@link #AT}, time and freshness; may be null. */
  static final String NEXT = "_next";

  /** Field of {@link #NEXT}: the truncate's sequence. */
  static final String AT = "_at";

  /** Whether the row stands for a truncate that follows an event of the key; boolean. */
  static final String CLEARS = "_clears";

  /** Whether a truncate stands at the row's own sequence, so that it continues nothing; boolean. */
  static final String RESTARTS = "_restarts";

  /** Which rows are ordered together; one of the constants below. */
  static final String LANE = "_lane";

  /** Lane of the events that won their sequence. */
  static final int EVENTS = 0;

  /** Lane of tie losers. */
  static final int LOSERS = 1;

  /** Lane of rows that are only compared. */
  static final int ASIDE = 2;

  /** Lane of winners that say no more than that the key is there. */
  static final int PRESENT = 3;

  /** Whether a known event stands at the same sequence, and for something else; boolean. */
  static final String DISPLACES = "_displaces";

  /** Whether a version opens or closes here; boolean. */
  static final String TURNS = "_turns";

  /** Whether anything of the key's state is another from here on; boolean. */
  static final String CHANGES = "_changes";

  private FoldColumns() {}
}
