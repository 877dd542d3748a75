package io.assay.gold;

import io.assay.batch.Account;
import io.assay.batch.Intent;
import io.assay.batch.LedgerJson;
import io.assay.batch.Verdict;
import io.assay.table.CommitTag;
import io.assay.table.TableLog;
import io.assay.table.Warehouse;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * A version that readers see already, of a batch that was interrupted after its commit, and whose
 * inputs are gone since: nothing of it can be computed again, and nothing needs to be.
 *
 * @param account as the commit has noted it
 */
record CommittedVersion(Account account) implements MartVersion {
  private static final String ACCOUNT = "account";

  /** The version that a batch has committed; empty if it has not. */
  static Optional<CommittedVersion> of(SparkSession spark, Warehouse warehouse, Intent intent) {
    return Optional.of(
            new TableLog(spark, warehouse, intent.table())
                .note(intent.application(PlannedMart.GOLD_STEP), intent.batch())
                .path(ACCOUNT))
        .filter(noted -> noted.isObject())
        .map(noted -> new CommittedVersion(LedgerJson.value(noted, Account.class)));
  }

  @Override
  public Verdict judged(MartRules rules) {
    return Verdict.PASS;
  }

  @Override
  public long rows() {
    return account.read();
  }

  @Override
  public boolean changes() {
    return true;
  }

  @Override
  public void publish(CommitTag tag) {
    throw new IllegalStateException(tag.application() + " was committed before");
  }

  @Override
  public Optional<String> note() {
    return Optional.of(
        "its inputs' versions are gone since it was committed: the account is that of its commit, and its rules are not measured again");
  }
}
