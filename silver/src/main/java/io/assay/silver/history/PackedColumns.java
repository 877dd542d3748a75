package io.assay.silver.history;

/**
 * The columns of rows while the history is computed: the contract's columns are packed into one
 * struct, so that their names never meet these.
 */
final class PackedColumns {
  /** The key's columns; struct. */
  static final String KEY = "_key";

  /** All the contract's columns; struct. */
  static final String VALUES = "_values";

  /** Whether the batch brings the event, rather than the tables; boolean. */
  static final String FRESH = "_fresh";

  /**
   * Whether the event's key has an event that is already remembered and not before it, so that all
   * its events must be folded again; boolean.
   */
  static final String LATE = "_late";

  /** What is stored of a version; struct, null for a row that is only an event. */
  static final String STORED = "_stored";

  /** What the fold makes of the events; struct like {@link #STORED}. */
  static final String FOLDED = "_folded";

  /** Whether the row stands for what is stored only, and takes no part in the fold; boolean. */
  static final String ASIDE = "_aside";

  private PackedColumns() {}
}
