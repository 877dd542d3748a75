package io.assay.batch;

import io.assay.table.SavedStates;
import java.util.List;
import java.util.Optional;

/**
 * One batch being carried out. The protocol calls {@link #stage()}, then the steps, then {@link
 * #account()}, then closes it.
 */
public interface BatchAttempt extends AutoCloseable {

  /** Prepares and judges the batch; writes nothing that readers can see. */
  Verdict stage();

  /**
   * The commits that have something to write, in the order of {@link BatchWork#targets()}. Called
   * after {@link #stage()} has let it through.
   */
  List<BatchStep> steps();

  /** The account. Called after the steps, and for a held batch after {@link #stage()}. */
  Account account();

  /**
   * What is known of all rows of the table once the steps are done, for batches to come; empty if
   * nothing is kept. Called after the steps.
   */
  default Optional<SavedStates> states() {
    return Optional.empty();
  }

  /**
   * The account as far as it is known before the first step; it travels with the commits. Empty
   * where the rows are counted only while they are written.
   */
  default Optional<Account> foreseen() {
    return Optional.of(account());
  }

  /**
   * What people should know of this batch: refused files, ignored columns. Goes into the ledger.
   */
  default List<String> notes() {
    return List.of();
  }

  /**
   * What the batch knows of columns, and how that differs from the batch before; empty where none
   * are noted. Called after the steps.
   */
  default Optional<SchemaNote> schema() {
    return Optional.empty();
  }

  /**
   * Whether something went wrong that this batch could leave behind: a file refused, say. The batch
   * is finished all the same, and the run ends with exit code 3.
   */
  default boolean partial() {
    return false;
  }

  /** Removes what was staged. */
  @Override
  void close();
}
