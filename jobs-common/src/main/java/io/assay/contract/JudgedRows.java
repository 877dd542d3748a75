package io.assay.contract;

/** Which rows of a batch a rule on the whole batch judges. */
public enum JudgedRows {
  /** All that came, those included that go to quarantine. */
  INCOMING,
  /** Those that broke no rule of their own. */
  PUBLISHED
}
