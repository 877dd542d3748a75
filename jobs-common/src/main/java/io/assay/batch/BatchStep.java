package io.assay.batch;

import io.assay.table.CommitTag;
import io.assay.table.TableName;

/**
 * One commit of a batch to one Delta table.
 *
 * @param name upper case, unique in the batch, such as {@code QUARANTINE}
 * @param table the table it commits to
 * @param write does exactly one Delta commit, under the tag it is given
 */
public record BatchStep(String name, TableName table, Write write) {

  /** A write of exactly one Delta commit. */
  @FunctionalInterface
  public interface Write {
    void commit(CommitTag tag);
  }

  /** A step's name and table, known before the batch is staged. */
  public record Target(String name, TableName table) {}
}
