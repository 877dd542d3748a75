package io.assay.bench.ingest;

import io.assay.bench.Comparison;
import io.assay.bench.LinkedCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** A peer that takes a whole feed into a folder that is new for every run. */
abstract class IngestPeer implements Comparison.Peer {
  static final String ASSAY = "Assay";
  static final String BARE = "bare Spark";
  static final List<String> NAMES = List.of(ASSAY, BARE);

  private final SparkSession spark;
  private final Feed feed;
  private final Path runs;
  private int run;

  /**
   * @param runs where the folders are made
   */
  IngestPeer(SparkSession spark, Feed feed, Path runs) {
    this.spark = spark;
    this.feed = feed;
    this.runs = runs;
  }

  /**
   * One of {@link #NAMES}.
   *
   * @param runs where its folders are made
   */
  static IngestPeer of(String name, SparkSession spark, Feed feed, Path runs) {
    return name.equals(ASSAY) ? new AssayPeer(spark, feed, runs) : new BarePeer(spark, feed, runs);
  }

  @Override
  public final void restore() throws IOException {
    LinkedCopy.remove(folder());
    // Delta remembers tables by path, so another path makes sure that nothing is remembered.
    run++;
    open();
  }

  /** Prepares what is not timed. */
  void open() throws IOException {}

  final SparkSession spark() {
    return spark;
  }

  final Feed feed() {
    return feed;
  }

  /** Of this run. */
  final Path folder() {
    return runs.resolve("%s-%d".formatted(getClass().getSimpleName(), run));
  }
}
