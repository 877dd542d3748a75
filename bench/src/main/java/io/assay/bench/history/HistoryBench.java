package io.assay.bench.history;

import io.assay.bench.BenchOptions;
import io.assay.bench.Comparison;
import io.assay.bench.PeerOptions;
import io.assay.bench.history.Scenario.Feed;
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
import picocli.CommandLine.Mixin;
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

  @Option(names = "--keys", defaultValue = "250000", paramLabel = "N")
  private long keys;

  @Option(names = "--again", description = "Forget what was measured before.")
  private boolean again;

  @Option(names = "--report", description = "Measure nothing, show what was measured.")
  private boolean report;

  @Mixin private final PeerOptions peers = new PeerOptions();

  @Mixin private final BenchOptions bench = new BenchOptions();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new HistoryBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(bench.folder());
    Path file = bench.folder().resolve("timings.jsonl");
    if (again) {
      Files.deleteIfExists(file);
    }
    Timings timings = new Timings(file);
    if (!report) {
      measure(timings);
    }
    bench.answer(timings.all(), () -> new Report(timings).markdown());
    return 0;
  }

  private void measure(Timings timings) throws Exception {
    Set<String> chosen = Set.copyOf(peers.of(Peers.NAMES));
    try (SparkSession spark =
        bench.session(chosen.contains(Peers.HUDI) ? HudiPeer.SESSION : Map.of())) {
      CustomerFeed feed = new CustomerFeed(spark, keys);
      BaseTables base = new BaseTables(spark, feed, bench.folder().resolve("base"), bench::tell);
      Peers all = new Peers(spark, feed, base, bench.folder().resolve("runs"), chosen);
      List<Scenario> scenarios = scenarios();
      for (Scenario scenario : scenarios) {
        if (timings.has(scenario)) {
          continue;
        }
        bench.tell(
            "scenario %d of %d".formatted(scenarios.indexOf(scenario) + 1, scenarios.size()));
        Map<String, List<Comparison.Took>> rounds =
            all.of(scenario, bench::tell).measure(peers.rounds());
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
}
