package io.assay.bench.windows;

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

/** Times a mart of windows beside a streaming query. */
@Command(
    name = "bench/windows",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Times the shop's mart event_metrics_5m, batch by batch, beside a bare query of Structured"
            + " Streaming with RocksDB. Results are compared before anything is timed.")
final class WindowsBench implements Callable<Integer> {
  private static final Map<String, String> ROCKS_DB =
      Map.of(
          "spark.sql.streaming.stateStore.providerClass",
          "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider");

  @Option(names = "--events", defaultValue = "2000000", paramLabel = "N")
  private long events;

  @Option(names = "--batches", defaultValue = "10", paramLabel = "N")
  private int batches;

  @Mixin private final PeerOptions peers = new PeerOptions();

  @Mixin private final BenchOptions bench = new BenchOptions();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new WindowsBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Measured> measured = new ArrayList<>();
    Path runs = bench.emptied("runs");
    try (SparkSession spark = bench.session(ROCKS_DB)) {
      ClickTables tables = new ClickTables(spark, events, batches, bench.folder().resolve("base"));
      tables.make();
      Comparison comparison =
          new Comparison("%,d clicks in %d batches".formatted(events, batches), bench::tell);
      for (String peer : peers.of(WindowsPeer.NAMES)) {
        comparison.with(peer, WindowsPeer.of(peer, tables, runs));
      }
      comparison
          .measure(peers.rounds())
          .forEach(
              (peer, took) ->
                  measured.add(
                      new Measured(
                          peer,
                          events,
                          batches,
                          took.stream().map(Took::seconds).toList(),
                          took.stream().map(Took::processor).toList())));
    }
    LinkedCopy.remove(runs);
    bench.answer(measured, () -> Measured.markdown(measured));
    return 0;
  }
}
