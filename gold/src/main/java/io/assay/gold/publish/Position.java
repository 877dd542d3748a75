package io.assay.gold.publish;

/**
 * What a destination holds.
 *
 * @param tableId the identity of the mart's table
 * @param version of that table
 * @param definition {@link PublishDefinition#rows} of the publication then
 * @param batch that delivered it
 * @param counts what that batch did
 */
record Position(String tableId, long version, String definition, long batch, Counts counts) {

  /** Whether it is of the same table and columns, so that changes since can be told. */
  boolean precedes(Position later) {
    return tableId.equals(later.tableId) && definition.equals(later.definition);
  }

  /** Whether it is what a batch was to deliver. */
  boolean isOf(Position batch) {
    return precedes(batch) && version == batch.version && this.batch == batch.batch;
  }
}
