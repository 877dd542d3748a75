package io.assay.bench.quality;

import io.assay.bench.BenchOptions;
import io.assay.bench.Comparison;
import io.assay.bench.Comparison.Took;
import io.assay.bench.LinkedCopy;
import io.assay.bench.PeerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times a batch into silver under rules beside the same write without, and the textbook way. */
@Command(
    name = "bench/quality",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Times a batch into silver under rules beside the same write without, and the textbook"
            + " way. Results are compared before anything is timed.")
final class QualityBench implements Callable<Integer> {
  @Option(names = "--rows", defaultValue = "5000000", paramLabel = "N")
  private long rows;

  @Option(
      names = "--scenarios",
      split = ",",
      defaultValue = "unchecked,checked,unique",
      paramLabel = "NAME")
  private List<String> scenarios;

  @Mixin private final PeerOptions peers = new PeerOptions();

  @Mixin private final BenchOptions bench = new BenchOptions();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new QualityBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Measured> measured = measure();
    bench.answer(measured, () -> Measured.markdown(measured));
    return 0;
  }

  private List<Measured> measure() throws Exception {
    Path runs = bench.emptied("runs");
    try (SparkSession spark = bench.session(Map.of())) {
      OrderFeed feed = new OrderFeed(spark, rows, bench.folder().resolve("base"));
      Map<Peers.Part, Comparison.Peer> parts =
          new Peers(spark, feed, runs, bench::tell)
              .of(scenarios.stream().map(Scenario::of).toList(), peers.of(Peers.NAMES));
      Comparison comparison = new Comparison("%,d rows".formatted(rows), bench::tell);
      parts.forEach((part, peer) -> comparison.with(part.toString(), peer));
      Map<String, List<Took>> took = comparison.measure(peers.rounds());
      LinkedCopy.remove(runs);
      return parts.keySet().stream()
          .map(part -> measured(part, took.get(part.toString())))
          .toList();
    }
  }

  private static Measured measured(Peers.Part part, List<Took> took) {
    return new Measured(
        part.scenario(),
        part.peer(),
        took.stream().map(Took::seconds).toList(),
        took.stream().map(Took::processor).toList());
  }
}
