package io.assay.gold.publish;

import io.assay.batch.Account;

/**
 * What became of the rows of a delivery there.
 *
 * @param upserted came, or are not as they were
 * @param deleted are gone
 * @param unchanged were there as they are
 */
record Counts(long upserted, long deleted, long unchanged) {
  static final Counts NONE = new Counts(0, 0, 0);

  /** A delete is an implied row: the mart holds none any more. */
  Account account() {
    return new Account(upserted + unchanged, 0, deleted, upserted + deleted, unchanged, 0, 0, 0, 0);
  }
}
