package io.assay.table;

import java.util.Set;

/** The columns that a history table adds to the contract's. */
public final class HistoryColumns {
  /** Start of the version, inclusive; of the type of the valid time. */
  public static final String VALID_FROM = "valid_from";

  /** End of the version, exclusive; null while it is open. */
  public static final String VALID_TO = "valid_to";

  /** Whether the version is the open one of its key. */
  public static final String IS_CURRENT = "is_current";

  /** Hash of the key and of the sequence that opened the version. */
  public static final String VERSION_ID = "version_id";

  /** The columns that people see besides the contract's. */
  public static final Set<String> PUBLIC = Set.of(VALID_FROM, VALID_TO, IS_CURRENT, VERSION_ID);

  /** Internal: the sequence that closed the version; null while it is open. */
  public static final String END_SEQUENCE = "_end_sequence";

  /**
   * Internal: 1 while the version is open, else 0. It repeats {@link #IS_CURRENT}, which is a
   * partition column, as data: only columns with file statistics prune inside an OR.
   */
  public static final String OPEN = "_open";

  /**
   * Internal: a hash of the key, 0 to 1,023. Files are pruned by it instead of by the key, so that
   * no key stands in a table's history.
   */
  public static final String BUCKET = "_bucket";

  private HistoryColumns() {}
}
