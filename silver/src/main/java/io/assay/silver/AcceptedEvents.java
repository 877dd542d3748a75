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
 * @param added how many events stand for no row of their own
 * @param findings what was found of snapshots; empty for other formats
 */
record AcceptedEvents(Dataset<Row> rows, long added, List<Finding> findings) {

  static AcceptedEvents of(
      SparkSession spark,
      Warehouse warehouse,
      CleanConfiguration configuration,
      Intent intent,
      StagedBatch staged) {
    if (configuration.format() != Format.SNAPSHOT) {
      return new AcceptedEvents(staged.accepted(), 0, List.of());
    }
    SnapshotEvents snapshots = new SnapshotEvents(configuration, staged);
    List<Part> parts = snapshots.parts();
    TableName events = TableName.events(configuration.dataset());
    TableState before = intent.pinned(events);
    Optional<Dataset<Row>> remembered =
        before.exists()
            ? Optional.of(new TableLog(spark, warehouse, events).read(before.version()))
            : Optional.empty();
    return new AcceptedEvents(
        snapshots.events(parts),
        parts.stream().mapToLong(Part::added).sum(),
        new SnapshotFindings(configuration, staged, parts, remembered).all());
  }
}
