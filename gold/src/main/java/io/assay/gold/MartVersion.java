package io.assay.gold;

import io.assay.batch.Account;
import io.assay.batch.Verdict;
import io.assay.table.CommitTag;
import java.util.Optional;

/** A mart's next version, staged where no reader looks. */
sealed interface MartVersion permits WholeVersion, KeyedVersion, CommittedVersion {

  /** What its rules say of it. */
  Verdict judged(MartRules rules);

  /** How many rows the query gave for it. */
  long rows();

  /** Whether it differs from what is there. */
  boolean changes();

  /** Makes it what readers see, in one commit. */
  void publish(CommitTag tag);

  /** What becomes of its rows. */
  Account account();

  /** How it was computed, for people; empty if there is nothing to say. */
  Optional<String> note();
}
