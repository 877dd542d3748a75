package io.assay.silver.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.table.HistoryColumns;
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
import scala.collection.JavaConverters;

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
      Dataset<Row> appended = rows.flat(arrivals.staged().read(spark), intent.batch());
      steps.add(
          new BatchStep(EVENTS, definition.events(), tag -> table.appendEvents(appended, tag)));
    }
    if (arrivals.fresh() == 0 && stored.isPresent()) {
      return new Counts(0, 0, 0, arrivals.duplicates(), 0);
    }
    Dataset<Row> input = input(types, arrivals, events, stored);
    ChangeSet changes =
        ChangeSet.stage(
            definition, staging, types, new Fold(definition).pairs(input), intent.batch());
    addStoredStep(table, changes, arrivals.late(), stored.isPresent());
    return new Counts(
        changes.applied(), changes.unchanged(), changes.superseded(), arrivals.duplicates(), 0);
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

  /**
   * New events; for keys in order what they continue, for late keys everything remembered and
   * everything stored.
   */
  private Dataset<Row> input(
      TimeTypes types,
      Arrivals arrivals,
      Optional<Dataset<Row>> events,
      Optional<Dataset<Row>> stored) {
    FoldInput input = new FoldInput(definition, types);
    Dataset<Row> fresh = arrivals.staged().read(spark);
    Dataset<Row> all = input.arriving(fresh, intent.batch());
    Dataset<Row> late = fresh.where(col(PackedColumns.LATE)).select(PackedColumns.KEY);
    if (stored.isPresent()) {
      Dataset<Row> inOrder = fresh.where(not(col(PackedColumns.LATE))).select(PackedColumns.KEY);
      Dataset<Row> open =
          definition.versioned()
              ? stored.get().where(col(HistoryColumns.IS_CURRENT))
              : stored.get();
      all = all.unionByName(input.continued(of(inOrder, input.keyed(open))));
    }
    if (arrivals.late().isPresent()) {
      Zones zones = arrivals.late().get();
      Dataset<Row> near = events.orElseThrow().where(zones.mayHold(""));
      all = all.unionByName(input.remembered(of(late, input.keyed(near))));
    }
    if (arrivals.late().isPresent() && stored.isPresent()) {
      Dataset<Row> near = stored.get().where(arrivals.late().get().mayHold(""));
      all = all.unionByName(input.aside(of(late, input.keyed(near))));
    }
    return all;
  }

  private static Dataset<Row> of(Dataset<Row> keys, Dataset<Row> keyed) {
    return keyed
        .join(keys, JavaConverters.asScalaBuffer(List.of(PackedColumns.KEY)).toSeq(), "left_semi")
        .drop(PackedColumns.KEY);
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
