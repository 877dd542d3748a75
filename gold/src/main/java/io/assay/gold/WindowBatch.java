package io.assay.gold;

import io.assay.batch.Account;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.batch.Metric;
import io.assay.batch.StagingFolder;
import io.assay.batch.Verdict;
import io.assay.config.Windows;
import io.assay.gold.windows.WindowMarks;
import io.assay.job.Units;
import io.assay.table.SavedStates;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * One batch of a mart of windows: the events that came are looked at, and what they close added.
 */
final class WindowBatch implements BatchAttempt {
  private static final String LATE = "late_events";

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Intent intent;
  private final MartDefinition definition;
  private final Windows windows;
  private final StagingFolder staging;
  private WindowEvents.Arrived arrived;
  private LateVersion late;
  private ClosedWindows closed;

  /** Of a batch that is rolled forward without its inputs. */
  private Optional<CommittedVersion> committed = Optional.empty();

  WindowBatch(SparkSession spark, Warehouse warehouse, Intent intent) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.intent = intent;
    this.definition = MartDefinition.read(intent.configuration());
    this.windows = definition.windows().orElseThrow();
    this.staging = StagingFolder.of(spark, warehouse, intent);
  }

  @Override
  public Verdict stage() {
    try {
      return computed();
    } catch (Exception e) {
      committed = CommittedVersion.of(spark, warehouse, intent, e);
      if (committed.isEmpty()) {
        throw e;
      }
      return Verdict.PASS;
    }
  }

  private Verdict computed() {
    BatchLedger ledger = BatchLedger.of(spark, warehouse, intent.table());
    Optional<WindowMarks> before =
        MartBase.before(ledger, intent.epoch(), intent.batch())
            .flatMap(base -> ledger.states(base.intent().batch()))
            .flatMap(WindowMarks::of);
    WindowEvents events = new WindowEvents(spark, warehouse, intent, windows, before);
    arrived = events.arrived();
    late = LateVersion.write(events, arrived, staging.file("late"));
    closed = ClosedWindows.write(events, arrived, definition, staging.file("rows"));
    if (intent.rejected()) {
      return Verdict.PASS;
    }
    Verdict verdict = closed.judged(MartRules.of(spark, warehouse, intent, definition.contract()));
    List<Metric> metrics = new ArrayList<>(verdict.metrics());
    metrics.add(lateness());
    return new Verdict(verdict.holds(), verdict.warnings(), metrics);
  }

  private Metric lateness() {
    return new Metric(
        LATE,
        Optional.of(windows.time()),
        "rows",
        Optional.of((double) (arrived.late() + arrived.timeless())),
        "passed",
        "events that no window takes, since they came too late or have no time",
        Optional.empty());
  }

  @Override
  public List<BatchStep> steps() {
    if (committed.isPresent()) {
      return committed.get().steps();
    }
    List<BatchStep> steps = new ArrayList<>();
    if (!intent.rejected()) {
      if (late.changes()) {
        steps.add(
            new BatchStep(
                PlannedMart.LATE_STEP, TableName.late(intent.table().name()), late::publish));
      }
      if (closed.changes()) {
        steps.add(
            new BatchStep(
                PlannedMart.GOLD_STEP,
                intent.table(),
                tag -> closed.publish(MartInputs.noted(tag, intent.input()))));
      }
    }
    return steps;
  }

  @Override
  public Account account() {
    if (committed.isPresent()) {
      return committed.get().account();
    }
    return intent.rejected() ? Account.rejected(closed.rows()) : Account.appended(closed.rows());
  }

  /** Without them the next batch computes all windows anew. */
  @Override
  public Optional<SavedStates> states() {
    return intent.rejected() || committed.isPresent()
        ? Optional.empty()
        : Optional.of(closed.marks().saved());
  }

  @Override
  public List<String> notes() {
    if (committed.isPresent()) {
      return committed.get().note().stream().toList();
    }
    List<String> notes = new ArrayList<>();
    if (intent.rejected()) {
      notes.add(
          "not published, its windows stay open: " + intent.decision().rejection().orElseThrow());
      return notes;
    }
    TableName kept = TableName.late(intent.table().name());
    if (arrived.late() > 0) {
      notes.add(
          "%s before %s, up to when windows had been closed: kept in %s"
              .formatted(
                  Units.count(arrived.late(), "late event"),
                  arrived.arrivals().orElseThrow().watermark(),
                  kept));
    }
    if (arrived.timeless() > 0) {
      notes.add(
          "%s without %s: kept in %s"
              .formatted(Units.count(arrived.timeless(), "event"), windows.time(), kept));
    }
    return notes;
  }

  @Override
  public void close() {
    staging.close();
  }
}
