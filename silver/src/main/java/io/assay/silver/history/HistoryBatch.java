package io.assay.silver.history;

import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.batch.StagingFolder;
import io.assay.config.History.Ties;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

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
  private final Optional<Dataset<Row>> events;
  private final Optional<Dataset<Row>> stored;
  private final StagingFolder staging;
  private final List<BatchStep> steps = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private long tied;

  public HistoryBatch(
      SparkSession spark, Warehouse warehouse, HistoryDefinition definition, Intent intent) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.intent = intent;
    this.events = pinned(definition.events());
    this.stored = pinned(definition.stored());
    StructType[] tables =
        Stream.of(events, stored)
            .flatMap(Optional::stream)
            .map(Dataset::schema)
            .toArray(StructType[]::new);
    this.definition = definition.over(tables);
    this.rows = new EventRows(this.definition);
    this.staging = StagingFolder.of(spark, warehouse, intent);
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
   *     {@code _valid_time}, {@code _source}, {@code _ingested_at} and {@code _run_id}; key,
   *     sequence and valid time are never null, but for the key of a truncate; {@code _raw} where
   *     it is to be kept of events that are refused
   * @return what becomes of the events
   */
  public Counts settle(Dataset<Row> accepted) {
    steps.clear();
    refused.clear();
    TimeTypes types = TimeTypes.of(accepted.schema());
    StoredTypes.require(definition, types, events, stored);
    Intake intake = new Intake(spark, definition, staging, types);
    Arrivals arrivals =
        events.isEmpty()
            ? intake.first(accepted)
            : intake.later(accepted, events.get(), frontier());
    HistoryTable table = new HistoryTable(spark, warehouse, definition);
    BatchInputs inputs = new BatchInputs(spark, definition, types, arrivals, events, stored);
    TieLosers losers = losers(arrivals, inputs);
    Dataset<Row> fresh = arrivals.fresh(spark);
    boolean refuses = definition.ties() == Ties.QUARANTINE && losers.fresh() > 0;
    if (arrivals.fresh() > (refuses ? losers.fresh() : 0) || events.isEmpty()) {
      Dataset<Row> kept = refuses ? losers.without(fresh, spark) : fresh;
      Dataset<Row> appended = rows.flat(kept, intent.batch());
      steps.add(
          new BatchStep(
              EVENTS,
              definition.events(),
              tag -> table.appendEvents(appended, arrivals.noted(tag))));
    }
    refuse(arrivals, inputs, losers);
    if (arrivals.fresh() == 0 && stored.isPresent()) {
      return new Counts(0, 0, 0, arrivals.duplicates(), 0, arrivals.tooLate(), 0);
    }
    Dataset<Row> pairs =
        new Fold(definition)
            .pairs(
                inputs.rows(intent.batch()),
                arrivals.reach().late().isPresent(),
                inputs.truncates());
    ChangeSet changes = ChangeSet.stage(definition, staging, types, pairs, intent.batch());
    addStoredStep(table, changes, arrivals.reach().late(), stored.isPresent());
    return counts(arrivals, changes);
  }

  private Counts counts(Arrivals arrivals, ChangeSet changes) {
    // Truncates belong to no key: they are counted by what they did to all keys together.
    boolean cleared = changes.implied() > 0;
    return new Counts(
        changes.applied() + (cleared ? arrivals.truncates() : 0),
        changes.unchanged() + (cleared ? 0 : arrivals.truncates()),
        changes.superseded(),
        arrivals.duplicates(),
        changes.implied(),
        refused.stream().filter(Refused::fresh).mapToLong(Refused::count).sum(),
        refused.stream().filter(one -> !one.fresh()).mapToLong(Refused::count).sum());
  }

  /** Looked for only where somebody asks. */
  private TieLosers losers(Arrivals arrivals, BatchInputs inputs) {
    return definition.ties() == Ties.LATEST || arrivals.fresh() == 0
        ? TieLosers.NONE
        : TieLosers.stage(staging, inputs.rows(intent.batch()));
  }

  private void refuse(Arrivals arrivals, BatchInputs inputs, TieLosers losers) {
    tied = losers.fresh() + losers.withdrawn();
    if (arrivals.tooLate() > 0) {
      refused.add(
          new Refused(
              Refused.LATE,
              true,
              arrivals.tooLate(),
              rows.refused(arrivals.tooLate(spark), intent.batch())));
    }
    if (definition.ties() != Ties.QUARANTINE) {
      return;
    }
    if (losers.fresh() > 0) {
      Dataset<Row> events = losers.among(arrivals.fresh(spark), spark, true);
      refused.add(
          new Refused(Refused.TIE, true, losers.fresh(), rows.refused(events, intent.batch())));
    }
    if (losers.withdrawn() > 0) {
      Dataset<Row> events = losers.among(inputs.remembered(), spark, false);
      refused.add(
          new Refused(
              Refused.TIE, false, losers.withdrawn(), rows.refused(events, intent.batch())));
    }
  }

  /**
   * How many events lost a tie in this batch, those included that had won until now; 0 if the
   * dataset does not care. After {@link #settle}.
   */
  public long tied() {
    return tied;
  }

  /** The events that go to quarantine; after {@link #settle}. */
  public List<Refused> refused() {
    return List.copyOf(refused);
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

  /** What the newest commit of the events noted. */
  private Optional<Frontier> frontier() {
    long version = intent.pinned(definition.events()).version();
    TableLog log = new TableLog(spark, warehouse, definition.events());
    return Frontier.fromJson(log.note(version).path(Frontier.NOTE));
  }

  private static String storedStep(HistoryDefinition definition) {
    return definition.versioned() ? "HISTORY" : "SILVER";
  }
}
