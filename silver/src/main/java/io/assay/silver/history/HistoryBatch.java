package io.assay.silver.history;

import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One batch of accepted events on its way into a dataset's history ({@code keep: scd1} or {@code
 * scd2}).
 *
 * <p>{@link #settle} prepares everything in the batch's staging folder; {@link #steps} are the
 * commits. The tables are read as the intent pinned them, so a batch that is settled again after a
 * crash between its commits is the same batch.
 */
public final class HistoryBatch implements AutoCloseable {
  private static final String EVENTS = "EVENTS";

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final HistoryDefinition definition;
  private final EventRows rows;
  private final Intent intent;
  private final Staging staging;
  private final List<BatchStep> steps = new ArrayList<>();

  public HistoryBatch(
      SparkSession spark, Warehouse warehouse, HistoryDefinition definition, Intent intent) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.definition = definition;
    this.rows = new EventRows(definition);
    this.intent = intent;
    this.staging =
        new Staging(spark, new Path(warehouse.staging(intent.table(), intent.batch()), "history"));
  }

  /** Every commit that a batch of the dataset may do, in order. */
  public static List<BatchStep.Target> targets(HistoryDefinition definition) {
    return List.of(
        new BatchStep.Target(EVENTS, definition.events()),
        new BatchStep.Target(storedStep(definition), definition.stored()));
  }

  /**
   * Settles the batch and stages what it changes. Nothing is visible yet.
   *
   * @param accepted the contract's columns, typed, with {@code _operation}, {@code _sequence},
   *     {@code _valid_time}, {@code _source} and {@code _ingested_at}; key, sequence and valid time
   *     are never null
   * @return what becomes of the events
   */
  public Counts settle(Dataset<Row> accepted) {
    steps.clear();
    TimeTypes types = TimeTypes.of(accepted.schema());
    Optional<Dataset<Row>> events = pinned(definition.events());
    Optional<Dataset<Row>> stored = pinned(definition.stored());
    Arrivals arrivals =
        events.isEmpty()
            ? Arrivals.first(rows, staging, accepted)
            : Arrivals.later(spark, definition, staging, types, accepted, events.get());
    HistoryTable table = new HistoryTable(spark, warehouse, definition);
    if (arrivals.fresh() > 0 || events.isEmpty()) {
      Dataset<Row> appended = rows.flat(arrivals.fresh(spark), intent.batch());
      steps.add(
          new BatchStep(EVENTS, definition.events(), tag -> table.appendEvents(appended, tag)));
    }
    if (arrivals.fresh() == 0 && stored.isPresent()) {
      return new Counts(0, 0, 0, arrivals.duplicates(), 0);
    }
    BatchInputs inputs = new BatchInputs(spark, definition, types, arrivals, events, stored);
    Dataset<Row> pairs =
        new Fold(definition).pairs(inputs.rows(intent.batch()), inputs.truncates());
    ChangeSet changes = ChangeSet.stage(definition, staging, types, pairs, intent.batch());
    addStoredStep(table, changes, arrivals.reach().late(), stored.isPresent());
    // Truncates belong to no key: they are counted by what they did to all keys together.
    boolean cleared = changes.implied() > 0;
    return new Counts(
        changes.applied() + (cleared ? arrivals.truncates() : 0),
        changes.unchanged() + (cleared ? 0 : arrivals.truncates()),
        changes.superseded(),
        arrivals.duplicates(),
        changes.implied());
  }

  /** The commits that have something to write, in order; after {@link #settle}. */
  public List<BatchStep> steps() {
    return List.copyOf(steps);
  }

  /** Removes what was staged. */
  @Override
  public void close() {
    staging.close();
  }

  private void addStoredStep(
      HistoryTable table, ChangeSet changes, Optional<Zones> late, boolean exists) {
    if (exists && changes.rows() == 0) {
      return;
    }
    BatchStep.Write write =
        exists
            ? tag -> table.merge(changes.staged(), late, tag)
            : tag -> table.create(changes.staged(), tag);
    steps.add(new BatchStep(storedStep(definition), definition.stored(), write));
  }

  private Optional<Dataset<Row>> pinned(TableName table) {
    TableState state = intent.pinned(table);
    return state.exists()
        ? Optional.of(new TableLog(spark, warehouse, table).read(state.version()))
        : Optional.empty();
  }

  private static String storedStep(HistoryDefinition definition) {
    return definition.versioned() ? "HISTORY" : "SILVER";
  }
}
