package io.assay.bench.history;

import io.assay.bench.BenchSession;
import io.assay.bench.Comparison;
import io.assay.bench.JobTimes;
import io.assay.bench.history.Scenario.Feed;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times the merge of one batch into a history beside other ways to do it. */
@Command(
    name = "bench/history",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Times the merge of one batch into a history beside other ways to do it. What was measured"
            + " before under the same folder is not measured again.")
final class HistoryBench implements Callable<Integer> {
  @Option(names = "--versions", split = ",", defaultValue = "1,5,20", paramLabel = "N")
  private List<Integer> versions;

  @Option(names = "--changes", split = ",", defaultValue = "500,5000,50000", paramLabel = "N")
  private List<Long> changes;

  @Option(
      names = "--feeds",
      split = ",",
      defaultValue = "in-order,late,no-change",
      paramLabel = "FEED",
      description = "in-order, late, no-change (of the greatest number of keys only).")
  private List<String> feeds;

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      description = "Assay is always one of them. Default: all.")
  private Set<String> peers = Set.copyOf(Peers.NAMES);

  @Option(names = "--rounds", defaultValue = "5", paramLabel = "N")
  private int rounds;

  @Option(names = "--keys", defaultValue = "250000", paramLabel = "N")
  private long keys;

  @Option(
      names = "--folder",
      required = true,
      description = "Where tables and measurements are kept.")
  private Path folder;

  @Option(names = "--again", description = "Forget what was measured before.")
  private boolean again;

  @Option(names = "--report", description = "Measure nothing, show what was measured.")
  private boolean report;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Option(names = "--jobs", description = "Tell of every Spark job.")
  private boolean jobs;

  private final long start = System.nanoTime();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new HistoryBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(folder);
    Path file = folder.resolve("timings.jsonl");
    if (again) {
      Files.deleteIfExists(file);
    }
    Timings timings = new Timings(file);
    if (!report) {
      measure(timings);
    }
    PrintWriter out = new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8);
    out.println(json ? timings.json() : new Report(timings).markdown());
    return 0;
  }

  private void measure(Timings timings) throws Exception {
    try (SparkSession spark = session()) {
      if (jobs) {
        spark.sparkContext().addSparkListener(new JobTimes(this::tell));
      }
      CustomerFeed feed = new CustomerFeed(spark, keys);
      BaseTables base = new BaseTables(spark, feed, folder.resolve("base"), this::tell);
      Peers all = new Peers(spark, feed, base, folder.resolve("runs"), peers);
      List<Scenario> scenarios = scenarios();
      for (Scenario scenario : scenarios) {
        if (timings.has(scenario)) {
          continue;
        }
        tell("scenario %d of %d".formatted(scenarios.indexOf(scenario) + 1, scenarios.size()));
        Map<String, List<Comparison.Took>> rounds =
            all.of(scenario, this::tell).measure(this.rounds);
        timings.add(
            rounds.entrySet().stream()
                .map(
                    peer ->
                        new Timing(
                            scenario.versions(),
                            scenario.changes(),
                            scenario.feed(),
                            peer.getKey(),
                            peer.getValue().stream().map(Comparison.Took::seconds).toList(),
                            peer.getValue().stream().map(Comparison.Took::processor).toList()))
                .toList());
        all.clear(scenario);
      }
    }
  }

  private SparkSession session() {
    return BenchSession.open(
        folder.resolve("spark"), peers.contains(Peers.HUDI) ? HudiPeer.SESSION : Map.of());
  }

  private List<Scenario> scenarios() {
    Set<Feed> wanted = feeds.stream().map(Feed::of).collect(Collectors.toSet());
    long most = changes.stream().max(Long::compare).orElseThrow();
    List<Scenario> scenarios = new ArrayList<>();
    for (int number : versions) {
      for (Feed feed : Feed.values()) {
        for (long changed : changes) {
          if (wanted.contains(feed) && (feed != Feed.NO_CHANGE || changed == most)) {
            scenarios.add(new Scenario(number, changed, feed));
          }
        }
      }
    }
    return scenarios;
  }

  private void tell(String line) {
    System.err.printf("%7.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
  }
}
