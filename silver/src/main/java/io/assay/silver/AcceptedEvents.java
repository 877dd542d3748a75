package io.assay.silver;

import io.assay.batch.Intent;
import io.assay.config.Format;
import io.assay.quality.Finding;
import io.assay.silver.SnapshotEvents.Part;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a batch has to publish, and what speaks against it.
 *
 * @param rows the rows that broke no rule and, of snapshots, what they say as a whole
 * @param snapshots what it holds of each snapshot; none for other formats
 */
record AcceptedEvents(Dataset<Row> rows, List<Part> snapshots) {

  static AcceptedEvents of(CleanConfiguration configuration, StagedBatch staged) {
    if (configuration.format() != Format.SNAPSHOT) {
      return new AcceptedEvents(staged.accepted(), List.of());
    }
    SnapshotEvents snapshots = new SnapshotEvents(configuration, staged);
    List<Part> parts = snapshots.parts();
    return new AcceptedEvents(snapshots.events(parts), parts);
  }

  /** How many events stand for no row of their own. */
  long added() {
    return snapshots.stream().mapToLong(Part::added).sum();
  }

  /** What was found of snapshots; empty for other formats. */
  List<Finding> findings(
      SparkSession spark,
      Warehouse warehouse,
      CleanConfiguration configuration,
      Intent intent,
      StagedBatch staged) {
    if (configuration.format() != Format.SNAPSHOT) {
      return List.of();
    }
    TableName events = TableName.events(configuration.dataset());
    TableState before = intent.pinned(events);
    Optional<Dataset<Row>> remembered =
        before.exists()
            ? Optional.of(new TableLog(spark, warehouse, events).read(before.version()))
            : Optional.empty();
    return new SnapshotFindings(configuration, staged, snapshots, remembered).all();
  }
}
