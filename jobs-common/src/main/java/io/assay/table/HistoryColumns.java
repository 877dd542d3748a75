package io.assay.table;

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

  private HistoryColumns() {}
}
