package io.assay.gold;

import io.assay.batch.Account;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.batch.StagingFolder;
import io.assay.batch.Verdict;
import io.assay.table.CommitTag;
import io.assay.table.TableCatalog;
import io.assay.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One version of a mart: computed from pinned versions of its inputs, staged, judged, published.
 */
final class MartBatch implements BatchAttempt {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Intent intent;
  private final MartDefinition definition;
  private final StagingFolder staging;
  private MartVersion version;

  MartBatch(SparkSession spark, Warehouse warehouse, Intent intent) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.intent = intent;
    this.definition = MartDefinition.read(intent.configuration());
    this.staging = StagingFolder.of(spark, warehouse, intent);
  }

  @Override
  public Verdict stage() {
    try {
      version = computed();
      return intent.rejected()
          ? Verdict.PASS
          : version.judged(MartRules.of(spark, warehouse, intent, definition.contract()));
    } catch (Exception e) {
      // Only a batch that is rolled forward may do without its inputs, or with others.
      Optional<CommittedVersion> committed = CommittedVersion.of(spark, warehouse, intent, e);
      if (committed.isEmpty()) {
        throw e;
      }
      version = committed.get();
      return Verdict.PASS;
    }
  }

  private MartVersion computed() {
    Dataset<Row> result =
        new MartQuery(spark, new TableCatalog(spark, warehouse), intent).rows(definition);
    ContractFit fit = new ContractFit(intent.table(), definition.contract(), result.schema());
    Increment increment = new Increment(spark, warehouse, intent, definition, staging);
    return increment
        .version(result, fit)
        .<MartVersion>map(keyed -> keyed)
        .orElseGet(() -> whole(result, fit, increment));
  }

  private WholeVersion whole(Dataset<Row> result, ContractFit fit, Increment increment) {
    StagedMart staged = StagedMart.write(result, fit, staging.file("rows"));
    return new WholeVersion(warehouse, intent, definition, staged, increment.reason());
  }

  @Override
  public List<BatchStep> steps() {
    return intent.rejected() || !version.changes()
        ? List.of()
        : List.of(new BatchStep(PlannedMart.GOLD_STEP, intent.table(), this::publish));
  }

  private void publish(CommitTag tag) {
    version.publish(MartInputs.noted(tag, intent.input()));
  }

  @Override
  public Account account() {
    return intent.rejected() ? Account.rejected(version.rows()) : version.account();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    version.note().ifPresent(notes::add);
    intent
        .decision()
        .rejection()
        .map(reason -> "not published, the version before stays: " + reason)
        .ifPresent(notes::add);
    return notes;
  }

  @Override
  public void close() {
    staging.close();
  }
}
