package io.assay.bench.quality;

import io.assay.bench.Comparison;
import io.assay.bench.LinkedCopy;
import io.assay.table.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A peer that fills tables from bronze in a folder that is new for every run. */
abstract class OrderPeer implements Comparison.Peer {
  private final SparkSession spark;
  private final Scenario scenario;
  private final Path bronze;
  private final Path runs;
  private int run;

  /**
   * @param bronze the folder of bronze tables; never written to
   * @param runs where the tables go
   */
  OrderPeer(SparkSession spark, Scenario scenario, Path bronze, Path runs) {
    this.spark = spark;
    this.scenario = scenario;
    this.bronze = bronze;
    this.runs = runs;
  }

  @Override
  public final void restore() throws IOException {
    LinkedCopy.remove(folder());
    // Delta remembers tables by path, so another path makes sure that nothing is remembered.
    run++;
    Path copy = place(Layer.BRONZE);
    Files.createDirectories(copy.getParent());
    LinkedCopy.make(OrderFeed.table(bronze), copy);
    // Makes its newest state known, as in a process that has been at work before.
    table(Layer.BRONZE).schema();
    open();
  }

  @Override
  public final Object result() {
    return OrderTables.of(
        table(Layer.SILVER),
        Files.exists(place(Layer.QUARANTINE))
            ? Optional.of(table(Layer.QUARANTINE))
            : Optional.empty());
  }

  @Override
  public final String task() {
    return scenario.label();
  }

  /** Prepares what is not timed. */
  void open() throws IOException {}

  final SparkSession spark() {
    return spark;
  }

  final Scenario scenario() {
    return scenario;
  }

  /** The warehouse of this run. */
  final Path folder() {
    return runs.resolve("%s-%s-%d".formatted(getClass().getSimpleName(), scenario.id(), run));
  }

  /** Where the orders of a layer lie. */
  final Path place(Layer layer) {
    return folder().resolve(layer.label()).resolve(OrderProject.DATASET);
  }

  final Dataset<Row> table(Layer layer) {
    return spark.read().format("delta").load(place(layer).toString());
  }

  final void append(Dataset<Row> rows, Layer layer) {
    rows.write().format("delta").mode("append").save(place(layer).toString());
  }
}
