package io.assay.bench.quality;

import io.assay.bench.Comparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Who takes part in which scenario. */
final class Peers {
  static final String ASSAY = "Assay";
  static final String BARE = "bare Spark";
  static final String TEXTBOOK = "textbook";
  static final List<String> NAMES = List.of(ASSAY, BARE, TEXTBOOK);

  private final SparkSession spark;
  private final OrderFeed feed;
  private final Path runs;
  private final Consumer<String> progress;

  /**
   * @param runs where tables are made
   */
  Peers(SparkSession spark, OrderFeed feed, Path runs, Consumer<String> progress) {
    this.spark = spark;
    this.feed = feed;
    this.runs = runs;
    this.progress = progress;
  }

  /** One peer's part in one scenario. */
  record Part(Scenario scenario, String peer) {
    @Override
    public String toString() {
      return peer + ", " + scenario.id();
    }
  }

  /**
   * Those who take part.
   *
   * @param chosen those of {@link #NAMES} that are wanted
   */
  Map<Part, Comparison.Peer> of(List<Scenario> scenarios, List<String> chosen) throws IOException {
    Map<Part, Comparison.Peer> parts = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      Path bronze = feed.bronze(scenario, progress);
      for (String name : NAMES) {
        // Without rules there is nothing to verify, and bare Spark knows no rules.
        boolean able = name.equals(ASSAY) || name.equals(TEXTBOOK) == scenario.rules();
        if (able && chosen.contains(name)) {
          parts.put(new Part(scenario, name), peer(name, scenario, bronze));
        }
      }
    }
    return parts;
  }

  private Comparison.Peer peer(String name, Scenario scenario, Path bronze) {
    return switch (name) {
      case ASSAY -> new AssayPeer(spark, scenario, bronze, runs);
      case BARE -> new BarePeer(spark, scenario, bronze, runs);
      default -> new TextbookPeer(spark, scenario, bronze, runs);
    };
  }
}
