package io.assay.bench.history;

import io.assay.bench.Comparison;
import io.assay.bench.LinkedCopy;
import io.assay.bench.history.Scenario.Feed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Who takes part in which scenario. */
final class Peers {
  static final String ASSAY = "Assay";
  static final String TWO_STEP = "two-step MERGE";
  static final String PARTITIONED = "hand-partitioned MERGE";
  static final String REBUILD = "full rebuild";
  static final String HUDI = "Hudi upsert";
  static final List<String> NAMES = List.of(ASSAY, TWO_STEP, PARTITIONED, REBUILD, HUDI);

  /** A rebuild does not care which keys changed, so it is measured for one number of them. */
  private static final long REBUILT = 5_000;

  private final SparkSession spark;
  private final CustomerFeed feed;
  private final BaseTables base;
  private final Path runs;
  private final Set<String> chosen;

  /**
   * @param runs where tables are changed
   * @param chosen those of {@link #NAMES} that are wanted
   */
  Peers(SparkSession spark, CustomerFeed feed, BaseTables base, Path runs, Set<String> chosen) {
    this.spark = spark;
    this.feed = feed;
    this.base = base;
    this.runs = runs;
    this.chosen = Set.copyOf(chosen);
  }

  /** The peers of a scenario, with their tables and its batch made ready. */
  Comparison of(Scenario scenario, Consumer<String> progress) throws IOException {
    int versions = scenario.versions();
    Path folder = runs.resolve(scenario.id());
    LinkedCopy.remove(folder);
    Files.createDirectories(folder);
    Path events = folder.resolve("events");
    feed.batch(scenario).write().parquet(events.toString());
    AssayPeer assay =
        new AssayPeer(
            spark, feed.definition(), versions + 1L, events, base.assay(versions), folder);
    Comparison comparison = new Comparison(scenario.title(), progress).with(ASSAY, assay);
    if (takesPart(TWO_STEP, scenario)) {
      comparison.with(TWO_STEP, new MergePeer(spark, false, events, base.plain(versions), folder));
    }
    if (takesPart(PARTITIONED, scenario)) {
      comparison.with(
          PARTITIONED,
          new MergePeer(
              spark, true, events, base.partitioned(versions), folder.resolve("literal")));
    }
    if (takesPart(REBUILD, scenario)) {
      comparison.with(REBUILD, new RebuildPeer(spark, events, base.rebuilt(versions), folder));
    }
    if (takesPart(HUDI, scenario)) {
      comparison.with(
          HUDI,
          new HudiPeer(
              spark, assay::changes, folder.resolve("changes"), base.hudi(versions), folder));
    }
    return comparison;
  }

  /** Removes what a scenario left. */
  void clear(Scenario scenario) throws IOException {
    LinkedCopy.remove(runs.resolve(scenario.id()));
  }

  private boolean takesPart(String peer, Scenario scenario) {
    boolean able =
        switch (peer) {
          // They would be wrong.
          case TWO_STEP, PARTITIONED -> scenario.feed() != Feed.LATE;
          case REBUILD -> scenario.changes() == REBUILT && scenario.feed() == Feed.IN_ORDER;
          // There would be nothing to write.
          case HUDI -> scenario.feed() != Feed.NO_CHANGE;
          default -> true;
        };
    return able && chosen.contains(peer);
  }
}
