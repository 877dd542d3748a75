package io.assay.table;

/**
 * Which content of which incarnation of a table: a version counts only together with the identity
 * Delta gave the table when it was created.
 *
 * @param id Delta's table id; empty when the table does not exist
 * @param version the Delta version; -1 when the table does not exist
 */
public record TableState(String id, long version) {
  /** The state of a table that was never created. */
  public static final TableState ABSENT = new TableState("", -1);

  public boolean exists() {
    return version >= 0;
  }
}
