package io.assay.silver.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.assay.table.HistoryColumns;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.collection.JavaConverters;

/**
 * What a batch folds: new events; for keys in order the versions that they, or new truncates,
 * continue; for late keys everything remembered and everything stored.
 *
 * @param events the events table before the batch
 * @param stored the versions, or current rows, before the batch
 */
record BatchInputs(
    SparkSession spark,
    HistoryDefinition definition,
    TimeTypes types,
    Arrivals arrivals,
    Optional<Dataset<Row>> events,
    Optional<Dataset<Row>> stored) {

  /** The rows of the fold. */
  Dataset<Row> rows(long batch) {
    FoldInput input = new FoldInput(definition, types);
    Dataset<Row> fresh = arrivals.fresh(spark);
    if (arrivals.reach().everything()) {
      return input
          .arriving(fresh.withColumn(PackedColumns.LATE, lit(true)), batch)
          .unionByName(input.remembered(events.orElseThrow()))
          .unionByName(input.aside(stored.orElseThrow()));
    }
    Dataset<Row> all = input.arriving(fresh, batch);
    if (stored.isPresent()) {
      all = all.unionByName(input.continued(continued(input.keyed(open(stored.get())))));
    }
    if (arrivals.reach().late().isPresent()) {
      Zones zones = arrivals.reach().late().get();
      Dataset<Row> near = events.orElseThrow().where(zones.mayHold(""));
      all = all.unionByName(input.remembered(of(late(), input.keyed(near), "left_semi")));
      if (stored.isPresent()) {
        Dataset<Row> versions = stored.get().where(zones.mayHold(""));
        all = all.unionByName(input.aside(of(late(), input.keyed(versions), "left_semi")));
      }
    }
    return all;
  }

  /** The remembered events of late keys, packed, with where they came from. */
  Dataset<Row> remembered() {
    Dataset<Row> near =
        events.orElseThrow().where(arrivals.reach().late().orElseThrow().mayHold(""));
    return new EventRows(definition).withOrigin(near, types);
  }

  /** The truncates that the fold must see; empty if there are none. */
  Optional<Dataset<Row>> truncates() {
    FoldInput input = new FoldInput(definition, types);
    Dataset<Row> fresh = arrivals.fresh(spark);
    Optional<Dataset<Row>> truncates = Optional.empty();
    if (arrivals.truncates() > 0) {
      truncates = Optional.of(input.truncates(fresh, true, false));
    }
    if (arrivals.reach().late().isPresent()) {
      Dataset<Row> remembered =
          events.orElseThrow().where(col(HistoryColumns.BUCKET).equalTo(EventRows.NO_BUCKET));
      // Statistics tell in no time where there are none, and then the fold is spared a sort.
      if (truncates.isPresent() || !remembered.isEmpty()) {
        Dataset<Row> all =
            input
                .truncates(remembered, false, true)
                .unionByName(input.truncates(fresh, true, true));
        truncates = Optional.of(truncates.map(all::unionByName).orElse(all));
      }
    }
    return truncates;
  }

  private Dataset<Row> open(Dataset<Row> versions) {
    return definition.versioned() ? versions.where(col(HistoryColumns.IS_CURRENT)) : versions;
  }

  private Dataset<Row> continued(Dataset<Row> open) {
    if (arrivals.truncates() == 0) {
      Dataset<Row> keys =
          arrivals.fresh(spark).where(not(col(PackedColumns.LATE))).select(PackedColumns.KEY);
      return of(keys, open, "left_semi");
    }
    return arrivals.reach().late().isPresent()
        ? of(late(), open, "left_anti")
        : open.drop(PackedColumns.KEY);
  }

  private Dataset<Row> late() {
    return arrivals.late(spark);
  }

  private static Dataset<Row> of(Dataset<Row> keys, Dataset<Row> keyed, String how) {
    return keyed
        .join(keys, JavaConverters.asScalaBuffer(List.of(PackedColumns.KEY)).toSeq(), how)
        .drop(PackedColumns.KEY);
  }
}
