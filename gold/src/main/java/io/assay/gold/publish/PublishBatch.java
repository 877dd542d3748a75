package io.assay.gold.publish;

import io.assay.batch.Account;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.batch.StagedRows;
import io.assay.batch.StagingFolder;
import io.assay.batch.Verdict;
import io.assay.config.Publication;
import io.assay.table.TableCatalog;
import io.assay.table.TableFeed;
import io.assay.table.TableRange;
import io.assay.table.Warehouse;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** One version of a mart, on its way out. */
final class PublishBatch implements BatchAttempt {
  private static final String NEW = "nothing of it was there, or not with these columns";

  private final Intent intent;
  private final PublishDefinition definition;
  private final Receiver receiver;
  private final StagingFolder staging;
  private final TableCatalog catalog;
  private Optional<String> reason = Optional.empty();
  private Optional<Delivery> delivery = Optional.empty();
  private Counts counts = Counts.NONE;

  PublishBatch(SparkSession spark, Warehouse warehouse, Intent intent, Receiver receiver) {
    this.intent = intent;
    this.definition = PublishDefinition.read(intent.configuration());
    this.receiver = receiver;
    this.staging = StagingFolder.of(spark, warehouse, intent);
    this.catalog = new TableCatalog(spark, warehouse);
  }

  /** What is there when a batch is done, with no counts yet. */
  static Position until(Intent intent) {
    TableRange range = intent.input().ranges().get(0);
    PublishDefinition definition = PublishDefinition.read(intent.configuration());
    return new Position(
        range.tableId(), range.upTo(), definition.rows(), intent.batch(), Counts.NONE);
  }

  @Override
  public Verdict stage() {
    TableRange range = intent.input().ranges().get(0);
    Position until = until(intent);
    Optional<Position> there = receiver.position();
    Optional<Position> base = there.filter(position -> position.precedes(until));
    if (base.filter(position -> position.version() >= until.version()).isPresent()) {
      // It was delivered before a crash, or others have delivered more since.
      counts = base.filter(position -> position.isOf(until)).map(Position::counts).orElse(counts);
      return Verdict.PASS;
    }
    StagedDelivery staged = new StagedDelivery(staging, receiver.form());
    Optional<StagedRows> changes =
        base.isEmpty() ? told(NEW) : changes(base.get().version(), range, staged);
    StagedRows rows =
        changes.orElseGet(() -> staged.whole(catalog.read(range.table(), range.upTo())));
    delivery = Optional.of(new Delivery(there, until, changes.isEmpty(), rows));
    return Verdict.PASS;
  }

  private Optional<StagedRows> changes(long after, TableRange whole, StagedDelivery staged) {
    if (definition.mode() == Publication.Mode.ALL) {
      return told("mode is all");
    }
    TableRange range = new TableRange(whole.table(), whole.tableId(), after, whole.upTo(), -1);
    Optional<String> gap = catalog.gap(range);
    if (gap.isPresent()) {
      return told(gap.get());
    }
    try {
      return Optional.of(staged.changes(catalog.changes(range)));
    } catch (Exception e) {
      if (TableFeed.isVacuumed(e)) {
        return told(
            "%s was vacuumed past its version %d, which was published last"
                .formatted(range.table(), after));
      }
      throw e;
    }
  }

  private Optional<StagedRows> told(String why) {
    reason = Optional.of(why);
    return Optional.empty();
  }

  @Override
  public List<BatchStep> steps() {
    return delivery
        .map(
            planned ->
                List.of(
                    new BatchStep(
                        PublishWork.STEP, intent.table(), tag -> counts = receiver.take(planned))))
        .orElse(List.of());
  }

  @Override
  public Account account() {
    return counts.account();
  }

  /** The rows are counted by whoever takes them. */
  @Override
  public Optional<Account> foreseen() {
    return Optional.empty();
  }

  @Override
  public List<String> notes() {
    TableRange range = intent.input().ranges().get(0);
    String rows =
        "%d rows upserted, %d deleted, %d as they were"
            .formatted(counts.upserted(), counts.deleted(), counts.unchanged());
    return List.of(
        "version %d of %s%s: %s"
            .formatted(
                range.upTo(),
                range.table(),
                reason.map(why -> " in full, since " + why).orElse(""),
                rows));
  }

  @Override
  public void close() {
    staging.close();
  }
}
