package io.assay.bench.windows;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.assay.bench.Comparison;
import io.assay.bench.LinkedCopy;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A peer that takes a day of clicks batch by batch. */
abstract class WindowsPeer implements Comparison.Peer {
  static final String ASSAY = "Assay";
  static final String BARE = "bare Spark";
  static final List<String> NAMES = List.of(ASSAY, BARE);

  private final ClickTables tables;
  private final Path runs;
  private int run;

  /**
   * @param runs where the folders are made, one for each run
   */
  WindowsPeer(ClickTables tables, Path runs) {
    this.tables = tables;
    this.runs = runs;
  }

  static WindowsPeer of(String name, ClickTables tables, Path runs) {
    return name.equals(ASSAY) ? new AssayPeer(tables, runs) : new StreamPeer(tables, runs);
  }

  @Override
  public final void restore() throws Exception {
    LinkedCopy.remove(folder());
    run++;
    tables.copy(folder());
    open();
  }

  @Override
  public final void run() throws Exception {
    for (int batch = 0; batch < tables.batches(); batch++) {
      tables.come(folder(), batch);
      take();
    }
    close();
  }

  /** Prepares what is not timed. */
  abstract void open() throws Exception;

  /** Takes what has come. */
  abstract void take() throws Exception;

  /** After the last batch. */
  void close() throws Exception {}

  /** Where the rows lie. */
  abstract Path written();

  final SparkSession spark() {
    return tables.spark();
  }

  /** The warehouse of this run. */
  final Path folder() {
    return runs.resolve("%s-%d".formatted(getClass().getSimpleName(), run));
  }

  @Override
  public final Object result() {
    Row row =
        spark()
            .read()
            .format("delta")
            .load(written().toString())
            .agg(
                count(lit(1)),
                sum("events"),
                sum(
                    xxhash64(
                            col("window_start"),
                            col("window_end"),
                            col("type"),
                            col("tier"),
                            col("events"),
                            col("sessions"),
                            col("customers"),
                            col("products"))
                        .cast("decimal(38, 0)")))
            .first();
    return "%d rows, %d events, hash %s"
        .formatted(row.getLong(0), row.getLong(1), row.getDecimal(2));
  }
}
