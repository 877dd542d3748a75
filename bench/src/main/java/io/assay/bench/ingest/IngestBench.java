package io.assay.bench.ingest;

import io.assay.bench.BenchOptions;
import io.assay.bench.Comparison;
import io.assay.bench.Comparison.Took;
import io.assay.bench.LinkedCopy;
import io.assay.bench.PeerOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times a whole source into bronze beside bare Spark. */
@Command(
    name = "bench/ingest",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Times a whole source into bronze beside bare Spark doing the same read and a Parquet"
            + " write. Results are compared before anything is timed.")
final class IngestBench implements Callable<Integer> {
  @Option(names = "--rows", defaultValue = "2000000", paramLabel = "N")
  private long rows;

  @Option(names = "--sources", split = ",", defaultValue = "kafka,csv,jdbc", paramLabel = "NAME")
  private List<String> sources;

  @Mixin private final PeerOptions peers = new PeerOptions();

  @Mixin private final BenchOptions bench = new BenchOptions();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new IngestBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Measured> measured = measure();
    bench.answer(measured, () -> Measured.markdown(measured));
    return 0;
  }

  private List<Measured> measure() throws Exception {
    List<Measured> measured = new ArrayList<>();
    Path runs = bench.emptied("runs");
    try (SparkSession spark = bench.session(Map.of())) {
      Orders orders = new Orders(spark, rows, bench.folder().resolve("base"), bench::tell);
      for (SourceKind source : sources.stream().map(SourceKind::of).toList()) {
        try (Feed feed = source.open(orders, bench.emptied(source.id()))) {
          measured.addAll(measured(spark, source, feed, runs.resolve(source.id())));
        }
        LinkedCopy.remove(bench.folder().resolve(source.id()));
      }
    }
    LinkedCopy.remove(runs);
    return measured;
  }

  private List<Measured> measured(SparkSession spark, SourceKind source, Feed feed, Path runs)
      throws Exception {
    Comparison comparison =
        new Comparison("%s, %,d records".formatted(source.label(), rows), bench::tell);
    for (String peer : peers.of(IngestPeer.NAMES)) {
      comparison.with(peer, IngestPeer.of(peer, spark, feed, runs));
    }
    List<Measured> measured = new ArrayList<>();
    comparison
        .measure(peers.rounds())
        .forEach(
            (peer, took) ->
                measured.add(
                    new Measured(
                        source,
                        peer,
                        rows,
                        took.stream().map(Took::seconds).toList(),
                        took.stream().map(Took::processor).toList())));
    return measured;
  }
}
