package io.assay.bench.history;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.node.NullNode;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchStep;
import io.assay.batch.Decision;
import io.assay.batch.Intent;
import io.assay.silver.history.HistoryBatch;
import io.assay.silver.history.HistoryDefinition;
import io.assay.table.CommitTag;
import io.assay.table.RowColumns;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The production merge: settle, then its commits to the events and to the history. */
final class AssayPeer extends TablePeer {
  private static final Instant CLOCK = Instant.parse("2026-01-01T00:00:00Z");

  private final SparkSession spark;
  private final HistoryDefinition definition;
  private final long batch;
  private final Path events;
  private Intent intent;
  private String detail = "";

  /**
   * @param batch its number
   * @param events the batch's events, stored
   */
  AssayPeer(
      SparkSession spark,
      HistoryDefinition definition,
      long batch,
      Path events,
      Path base,
      Path runs) {
    super(base, runs);
    this.spark = spark;
    this.definition = definition;
    this.batch = batch;
    this.events = events;
  }

  @Override
  void open() {
    intent = intent(warehouse());
  }

  @Override
  public void run() {
    detail = apply(warehouse(), intent, spark.read().parquet(events.toString()));
  }

  @Override
  public String detail() {
    return detail;
  }

  @Override
  Dataset<Row> history() {
    return table(definition.stored());
  }

  /** The versions that the last run wrote. */
  Dataset<Row> changes() {
    return history().where(col(RowColumns.BATCH).equalTo(batch)).select(Fingerprint.columns());
  }

  /** Carries out a batch on the tables of a folder, which may not exist yet. */
  static void feed(
      SparkSession spark,
      HistoryDefinition definition,
      long batch,
      Dataset<Row> accepted,
      Path folder) {
    AssayPeer peer = new AssayPeer(spark, definition, batch, folder, folder, folder);
    Warehouse warehouse = warehouse(folder);
    peer.apply(warehouse, peer.intent(warehouse), accepted);
  }

  private String apply(Warehouse warehouse, Intent intent, Dataset<Row> accepted) {
    StringBuilder phases = new StringBuilder();
    long start = System.nanoTime();
    try (HistoryBatch running = new HistoryBatch(spark, warehouse, definition, intent)) {
      running.settle(accepted);
      phases.append("(settle %.2f".formatted(since(start)));
      for (BatchStep step : running.steps()) {
        start = System.nanoTime();
        step.write()
            .commit(
                new CommitTag(intent.application(step.name()), batch, "{\"batch\":" + batch + "}"));
        phases.append(", %s %.2f".formatted(step.name(), since(start)));
      }
    }
    return phases.append(")").toString();
  }

  private Intent intent(Warehouse warehouse) {
    Map<TableName, TableState> pins = new HashMap<>();
    for (TableName table : List.of(definition.events(), definition.stored())) {
      pins.put(table, new TableLog(spark, warehouse, table).state());
    }
    return new Intent(
        "bench",
        TableName.silver("customers"),
        1,
        batch,
        "run",
        CLOCK,
        new BatchInput.Files(List.of()),
        pins,
        NullNode.getInstance(),
        Decision.NONE);
  }

  private Dataset<Row> table(TableName name) {
    return spark.read().format("delta").load(warehouse().path(name).toString());
  }

  private Warehouse warehouse() {
    return warehouse(folder());
  }

  static Warehouse warehouse(Path folder) {
    return new Warehouse(new org.apache.hadoop.fs.Path(folder.toUri()));
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
