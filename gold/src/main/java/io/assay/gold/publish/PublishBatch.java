package io.assay.gold.publish;

import io.assay.batch.Account;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.batch.StagedRows;
import io.assay.batch.StagingFolder;
import io.assay.batch.Verdict;
import io.assay.config.Publication;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableCatalog;
import io.assay.table.TableFeed;
import io.assay.table.TableRange;
import io.assay.table.Warehouse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One version of a mart, on its way out. */
final class PublishBatch implements BatchAttempt {
  private static final String NEW = "nothing of it was there, or not with these columns";
  private static final String LEFT = "a delivery before did not end";
  private static final String LEFT_OTHERS = LEFT + ", and it may have had other columns";

  private final Intent intent;
  private final PublishDefinition definition;
  private final Receiver receiver;
  private final StagingFolder staging;
  private final TableCatalog catalog;
  private String manner = "";
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
    Optional<Begun> begun = receiver.begun(until);
    if (base.filter(position -> holds(position, until, begun)).isPresent()) {
      // It was delivered before a crash, or others have delivered more since.
      counts = base.filter(position -> position.isOf(until)).map(Position::counts).orElse(counts);
      return Verdict.PASS;
    }
    Optional<StagedRows> changes = base.isEmpty() ? told(NEW) : changes(base.get(), until, begun);
    StagedRows rows = changes.orElseGet(() -> staged().whole(now()));
    refuseWithoutKey(rows.number(StagedDelivery.UNNAMED));
    delivery = Optional.of(new Delivery(there, until, begun, changes.isEmpty(), rows));
    return Verdict.PASS;
  }

  private static boolean holds(Position there, Position until, Optional<Begun> begun) {
    return there.isOf(until)
        || there.version() > until.version()
        || there.version() == until.version() && begun.isEmpty();
  }

  private StagedDelivery staged() {
    return new StagedDelivery(staging, definition.key(), receiver.form());
  }

  private Dataset<Row> now() {
    TableRange range = intent.input().ranges().get(0);
    return catalog.read(range.table(), range.upTo());
  }

  /** No destination can tell such rows apart, or delete one of them. */
  private void refuseWithoutKey(long rows) {
    if (rows > 0) {
      TableRange range = intent.input().ranges().get(0);
      throw new AssayException(
          ExitCode.QUALITY,
          "%s: %s no value in %s key (%s) at version %d, so nothing was sent: have the rule of the key hold the mart back, or correct the mart's query"
              .formatted(
                  intent.table(),
                  rows == 1
                      ? "1 row of " + range.table() + " has"
                      : rows + " rows of " + range.table() + " have",
                  rows == 1 ? "its" : "their",
                  definition.key().stream()
                      .map(PublishedColumn::column)
                      .collect(Collectors.joining(", ")),
                  range.upTo()));
    }
  }

  private Optional<StagedRows> changes(Position base, Position until, Optional<Begun> begun) {
    if (definition.mode() == Publication.Mode.ALL) {
      return told("mode is all");
    }
    if (base.version() == until.version()
        || begun.filter(others -> !others.isOf(until)).isPresent()) {
      return told(LEFT_OTHERS);
    }
    long after = base.version();
    TableRange whole = intent.input().ranges().get(0);
    TableRange range = new TableRange(whole.table(), whole.tableId(), after, whole.upTo(), -1);
    Optional<String> gap = catalog.gap(range);
    if (gap.isPresent()) {
      return told(gap.get());
    }
    try {
      if (begun.isPresent()) {
        manner = " with what came and went, since " + LEFT;
        return Optional.of(staged().touched(catalog.changes(range), now()));
      }
      return Optional.of(staged().changes(catalog.changes(range)));
    } catch (Exception e) {
      if (TableFeed.isGone(e)) {
        return told(
            "%s was vacuumed past its version %d, which was published last"
                .formatted(range.table(), after));
      }
      throw e;
    }
  }

  private Optional<StagedRows> told(String why) {
    manner = " in full, since " + why;
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
    return List.of("version %d of %s%s: %s".formatted(range.upTo(), range.table(), manner, rows));
  }

  @Override
  public void close() {
    staging.close();
  }
}
