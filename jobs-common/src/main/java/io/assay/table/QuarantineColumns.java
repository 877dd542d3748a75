package io.assay.table;

/**
 * The columns of quarantine tables besides those of {@link RowColumns} and {@link
 * EventColumns#ORDINAL}. A row is an event that was refused: {@code _source}, {@code _ingested_at}
 * and {@code _run_id} name its row of bronze.
 */
public final class QuarantineColumns {
  /** The names of all rules that the event broke when it was last judged; array of strings. */
  public static final String RULES = "rules";

  /** The same with column and message; array of structs. */
  public static final String REASONS = "reasons";

  /**
   * JSON of the whole bronze row; of an element of its array, of the element; of an event that had
   * been accepted in an earlier batch, of the contract's columns; string.
   */
  public static final String RAW = "raw";

  /** The time of the batch that refused the event; timestamp. */
  public static final String QUARANTINED_AT = "quarantined_at";

  /**
   * The last version of bronze that the refusing batch read, by which a replay finds the row;
   * bigint, null of an event that had been accepted before.
   */
  public static final String BRONZE_VERSION = "bronze_version";

  /** The batches that tried to take the event in, oldest first; array of bigint, never null. */
  public static final String REPLAYS = "replays";

  /** The batch that took the event in; bigint, null until then. */
  public static final String RELEASED_BATCH = "released_batch";

  private QuarantineColumns() {}
}
