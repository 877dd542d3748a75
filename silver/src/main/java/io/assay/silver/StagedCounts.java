package io.assay.silver;

import io.assay.batch.Account;
import java.util.Map;

/**
 * What the staging pass counted, in events; a row of bronze is one event but where it is expanded.
 *
 * @param read all rows of the range
 * @param expanded events besides the first of a row, where rows hold several
 * @param filtered those the dataset's condition leaves out
 * @param told those of which the dataset's condition says yes or no
 * @param untold those it leaves out because it is null for them
 * @param withArray records that have the array whose elements are events
 * @param withoutArray records that lack it
 * @param quarantined those of the rest that broke a rule
 * @param accepted those of the rest that broke none
 * @param rescued those of the rest with fields the contract does not know
 * @param broken by rule, how many rows broke it
 * @param warned by rule that only warns, how many rows broke it
 */
record StagedCounts(
    long read,
    long expanded,
    long filtered,
    long told,
    long untold,
    long withArray,
    long withoutArray,
    long quarantined,
    long accepted,
    long rescued,
    Map<String, Long> broken,
    Map<String, Long> warned) {
  static final String READ = "read";
  static final String EXPANDED = "expanded";
  static final String FILTERED = "filtered";
  static final String TOLD = "told";
  static final String UNTOLD = "untold";
  static final String WITH_ARRAY = "with_array";
  static final String WITHOUT_ARRAY = "without_array";
  static final String QUARANTINED = "quarantined";
  static final String ACCEPTED = "accepted";
  static final String RESCUED = "rescued";

  /** The same with more events. */
  StagedCounts expandedBy(long events) {
    return new StagedCounts(
        read,
        expanded + events,
        filtered,
        told,
        untold,
        withArray,
        withoutArray,
        quarantined,
        accepted,
        rescued,
        broken,
        warned);
  }

  /** The account, if what was accepted is applied. */
  Account account() {
    return new Account(read, expanded, 0, accepted, 0, 0, 0, quarantined, filtered);
  }

  /** The rows that were judged. */
  long judged() {
    return quarantined + accepted;
  }
}
