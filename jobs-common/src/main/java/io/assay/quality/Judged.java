package io.assay.quality;

/** A rule, prepared on a scan. */
sealed interface Judged permits Check, DeviationCheck {

  /**
   * What the scan found of the rule.
   *
   * @param empty whether there were no rows
   */
  Finding finding(boolean empty);
}
