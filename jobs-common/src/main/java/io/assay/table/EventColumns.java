package io.assay.table;

/**
 * The internal columns that a conformed row carries as a change event, between cleaning and
 * history. They stand in every staged batch and in the events table, and none but {@link #ORDINAL}
 * in the tables that people read.
 */
public final class EventColumns {
  /**
   * What the event does: {@link #UPSERT}, {@link #DELETE}, {@link #TRUNCATE} or {@link #PRESENT};
   * string, never null.
   */
  public static final String OPERATION = "_operation";

  /**
   * The order of changes in the source: a struct of the typed sequence columns, in the order that
   * {@code history.sequence} names them, under their own names. Never null, nor any field of it, in
   * an accepted event; null where no history is kept.
   */
  public static final String SEQUENCE = "_sequence";

  /**
   * What fills {@code valid_from} and {@code valid_to}; of the type of the column that declares it.
   * Null where no history is kept.
   */
  public static final String VALID_TIME = "_valid_time";

  /**
   * SHA-256, in hexadecimal, of the canonical JSON of the event's non-null attributes; string,
   * never null. Stands in the events table only.
   */
  public static final String HASH = "_hash";

  /**
   * The contract's columns when the event was accepted, in the form {@code ,name+,name-,}: a plus
   * marks those whose change opens a version. So a later contract does not cut old versions anew.
   * Stands in the events table only; null counts as the contract of today.
   */
  public static final String COLUMNS = "_columns";

  /**
   * The contract's columns whose values the event does not tell, so that they stay what they were;
   * array of strings, null or absent if it tells all. In the events table {@link #COLUMNS} does not
   * name them.
   */
  public static final String UNCHANGED = "_unchanged";

  /**
   * Which of the events of its row of bronze this is, from 0 on; int. In quarantine too, and in
   * silver tables of {@code explode} that keep no history; not in the events table, and null of an
   * event that was read from there.
   */
  public static final String ORDINAL = "_event";

  /** The key has these attributes from here on. */
  public static final String UPSERT = "upsert";

  /** The key is gone from here on. */
  public static final String DELETE = "delete";

  /** Every key is gone from here on, but for what stands at the same sequence; it has no key. */
  public static final String TRUNCATE = "truncate";

  /**
   * The key is there, and nothing is known of its attributes: a truncate at the same sequence does
   * not close its version. Alone it changes nothing.
   */
  public static final String PRESENT = "present";

  private EventColumns() {}

  /** The field of {@link #SEQUENCE} for what {@code history.sequence} names. */
  public static String sequenceField(String name) {
    return name.replace('.', '_');
  }
}
