package io.assay.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.table.TableComments;
import io.assay.table.TableName;
import io.assay.table.TableState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a job brings to the {@link BatchProtocol}: where its batches come from and how one is
 * carried out.
 */
public interface BatchWork {

  /** The table whose ledger keeps the batches; its name is what people see. */
  TableName table();

  /**
   * Every step a batch may commit, in the order of the commits. The last is the visible one, unless
   * nothing but it is written.
   */
  List<BatchStep.Target> targets();

  /** As {@link #targets()}, for a batch that was planned before. */
  default List<BatchStep.Target> targets(Intent intent) {
    return targets();
  }

  /**
   * The next input, bounded in size.
   *
   * @param last the input of the newest finished batch of this epoch; empty at its start
   * @return empty if there is nothing new
   */
  Optional<BatchInput> pending(Optional<BatchInput> last);

  /**
   * Whether it is known, without the look that {@link #pending} takes, that another input follows.
   */
  default boolean knowsOfMore() {
    return false;
  }

  /**
   * The tables that a batch looks at besides its input, as they are now. Their states are pinned in
   * the intent.
   */
  Map<TableName, TableState> pins();

  /** The configuration that shapes a batch; what it leaves out cannot influence one. */
  JsonNode configuration();

  /**
   * Why the position no longer fits the input, so that a new epoch must start at its beginning: the
   * input was recreated.
   *
   * @param last the input of the newest finished batch
   * @return the reason, for people; empty if all is well
   */
  default Optional<String> newEpoch(BatchInput last) {
    return Optional.empty();
  }

  /**
   * Whether a held batch gives way to newer input: never for work that reads its input piece by
   * piece, whose pieces must all be worked off; but for work that computes its table anew, where
   * newer input is the way out.
   *
   * @param held the input of the held batch
   */
  default boolean outdated(BatchInput held) {
    return false;
  }

  /**
   * Whether a person's decision is about the input itself: what is missing in it, say. Such a
   * decision needs no batch that is held.
   *
   * @param last the input of the newest finished batch of this epoch; empty at its start
   */
  default boolean awaits(Decision decision, Optional<BatchInput> last) {
    return false;
  }

  /**
   * Whether an interrupted batch is done again as it was planned, although no table tells that it
   * was begun: for work that writes outside of the warehouse, where what was sent cannot be known
   * or taken back.
   */
  default boolean repeats(Intent interrupted) {
    return false;
  }

  /**
   * The tables whose comments are not those of the configuration any more. They are brought up to
   * date when no batch is left to do, in a commit of their own, since no batch may ever come.
   */
  default Map<TableName, TableComments> outdatedComments() {
    return Map.of();
  }

  /**
   * Prepares a batch from its intent, and from nothing else, so that a batch rolled forward after a
   * crash is the same batch.
   */
  BatchAttempt attempt(Intent intent);
}
