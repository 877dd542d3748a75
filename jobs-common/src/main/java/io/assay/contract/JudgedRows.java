package io.assay.contract;

/** Which rows a rule on the whole batch judges. */
public enum JudgedRows {
  /** All that came, those included that go to quarantine. */
  INCOMING,
  /** Those that broke no rule of their own. */
  PUBLISHED,
  /** Those that the table will have with the batch: its own, and all that are there. */
  TABLE
}
