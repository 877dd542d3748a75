package io.assay.gold;

import io.assay.batch.Account;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.batch.LedgerJson;
import io.assay.batch.Verdict;
import io.assay.error.AssayException;
import io.assay.table.CommitTag;
import io.assay.table.TableFeed;
import io.assay.table.TableLog;
import io.assay.table.Warehouse;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * What readers see already of a batch that was interrupted after a commit, and whose inputs are
 * gone since, or others: it cannot be computed again, and need not be.
 *
 * @param account as the mart's commit has noted it; of nothing, if the mart was not written
 * @param written the tables that were
 * @param reason why it cannot be computed
 */
record CommittedVersion(Account account, List<BatchStep.Target> written, String reason)
    implements MartVersion {
  private static final String ACCOUNT = "account";

  /**
   * What a batch has committed.
   *
   * @param failure why it could not be computed again
   * @return empty if it has committed nothing, or may be computed another time
   */
  static Optional<CommittedVersion> of(
      SparkSession spark, Warehouse warehouse, Intent intent, Exception failure) {
    boolean gone = TableFeed.isGone(failure);
    if (!gone && !(failure instanceof AssayException)) {
      return Optional.empty();
    }
    List<BatchStep.Target> written =
        PlannedMart.of(intent).targets().stream()
            .filter(target -> noted(spark, warehouse, intent, target).isPresent())
            .toList();
    Account account =
        written.stream()
            .filter(target -> target.table().equals(intent.table()))
            .findFirst()
            .flatMap(target -> noted(spark, warehouse, intent, target))
            .orElse(Account.EMPTY);
    String reason = gone ? "its inputs' versions are gone" : failure.getMessage();
    return Optional.of(new CommittedVersion(account, written, reason))
        .filter(version -> !written.isEmpty());
  }

  private static Optional<Account> noted(
      SparkSession spark, Warehouse warehouse, Intent intent, BatchStep.Target target) {
    return Optional.of(
            new TableLog(spark, warehouse, target.table())
                .note(intent.application(target.name()), intent.batch())
                .path(ACCOUNT))
        .filter(noted -> noted.isObject())
        .map(noted -> LedgerJson.value(noted, Account.class));
  }

  /** The steps that were done. */
  List<BatchStep> steps() {
    return written.stream()
        .map(target -> new BatchStep(target.name(), target.table(), this::publish))
        .toList();
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
        reason
            + " since it was committed: the account is that of its commit, and its rules are not measured again");
  }
}
