package io.assay.bench.quality;

import io.assay.bench.BenchSession;
import io.assay.bench.Comparison;
import io.assay.bench.Comparison.Took;
import io.assay.bench.JobTimes;
import io.assay.bench.LinkedCopy;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      description = "Assay, bare Spark, textbook. Default: all.")
  private List<String> peers = Peers.NAMES;

  @Option(names = "--rounds", defaultValue = "5", paramLabel = "N")
  private int rounds;

  @Option(
      names = "--folder",
      required = true,
      paramLabel = "DIR",
      description = "Where tables are made; bronze is kept between runs.")
  private Path folder;

  @Option(names = "--json", description = "Print JSON instead of tables.")
  private boolean json;

  @Option(names = "--jobs", description = "Tell of every Spark job.")
  private boolean jobs;

  private final long start = System.nanoTime();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new QualityBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Measured> measured = measure();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    out.println(json ? Measured.json(measured) : Measured.markdown(measured));
    return 0;
  }

  private List<Measured> measure() throws Exception {
    Path runs = folder.resolve("runs").toAbsolutePath();
    LinkedCopy.remove(runs);
    try (SparkSession spark = BenchSession.open(folder.resolve("spark"), Map.of())) {
      if (jobs) {
        spark.sparkContext().addSparkListener(new JobTimes(this::tell));
      }
      OrderFeed feed = new OrderFeed(spark, rows, folder.resolve("base").toAbsolutePath());
      Map<Peers.Part, Comparison.Peer> parts =
          new Peers(spark, feed, runs, this::tell)
              .of(scenarios.stream().map(Scenario::of).toList(), peers);
      Comparison comparison = new Comparison("%,d rows".formatted(rows), this::tell);
      parts.forEach((part, peer) -> comparison.with(part.toString(), peer));
      Map<String, List<Took>> took = comparison.measure(rounds);
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

  private void tell(String line) {
    System.err.printf("%7.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
  }
}
