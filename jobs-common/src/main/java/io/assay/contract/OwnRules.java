package io.assay.contract;

import java.util.List;
import java.util.Set;

/**
 * The names of the rules that are not a contract's but Assay's own. They mean something in
 * quarantine, in replays and in what a person accepts, so no contract gives one to its rules.
 */
public final class OwnRules {
  /** Bronze could not read the record. */
  public static final String UNREADABLE = "unreadable";

  /** An element of a record's array is no row. */
  public static final String ELEMENT = "element";

  /** Records of a batch lack the array whose elements are rows. */
  public static final String EXPLODE = "explode";

  /** A person turned the row's whole batch away. */
  public static final String REJECTED = "rejected";

  /** An event comes too late for its history. */
  public static final String LATE = "late";

  /** An event lost a tie. */
  public static final String TIE = "tie";

  /** A batch has ties, and its history takes none. */
  public static final String TIES = "ties";

  /** Too many rows of a batch go to quarantine. */
  public static final String GATE = "gate";

  /** A batch has fields that the contract does not know. */
  public static final String DRIFT = "drift";

  /** The condition {@code where} tells nothing of any row. */
  public static final String WHERE = "where";

  /** A snapshot comes in more files than one has. */
  public static final String SNAPSHOT_FILES = "snapshot_files";

  /** A snapshot is older than one that was taken before. */
  public static final String SNAPSHOT_ORDER = "snapshot_order";

  /** A snapshot that was taken before comes with other rows. */
  public static final String SNAPSHOT_REPEAT = "snapshot_repeat";

  /** A mart's key occurs once. */
  public static final String KEY_UNIQUE = "key_unique";

  static final Set<String> NAMES =
      Set.of(
          UNREADABLE,
          ELEMENT,
          EXPLODE,
          REJECTED,
          LATE,
          TIE,
          TIES,
          GATE,
          DRIFT,
          WHERE,
          SNAPSHOT_FILES,
          SNAPSHOT_ORDER,
          SNAPSHOT_REPEAT,
          KEY_UNIQUE);

  private OwnRules() {}

  /** The rule that a value fits its column's type. */
  public static String type(String column) {
    return column + "_type";
  }

  /** The rule that a column which is part of the key or order has a value. */
  public static String key(String column) {
    return column + "_key";
  }

  /** Those that a column can have, whatever the pipeline makes of it. */
  static List<String> of(String column) {
    return List.of(type(column), key(column));
  }
}
