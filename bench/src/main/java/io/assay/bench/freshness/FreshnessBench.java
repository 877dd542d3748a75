package io.assay.bench.freshness;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.get_json_object;

import io.assay.bench.BenchOptions;
import io.assay.bench.BrokerProcess;
import io.assay.bench.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how old events are when they can be read in silver. */
@Command(
    name = "bench/freshness",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Sends events to a broker at an even rate, lets assay stream take them to silver, and tells"
            + " how old each was when it could be read there. Broker and stream are processes of"
            + " their own.")
final class FreshnessBench implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Once no version came for so long, none will. */
  private static final Duration QUIET = Duration.ofSeconds(20);

  @Option(names = "--scenarios", split = ",", defaultValue = "rows,history", paramLabel = "NAME")
  private List<String> scenarios;

  @Option(
      names = "--rates",
      split = ",",
      defaultValue = "1000,5000",
      paramLabel = "N",
      description = "Events a second.")
  private List<Integer> rates;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      paramLabel = "N",
      description = "How long events are sent that are measured.")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "90",
      paramLabel = "N",
      description = "For how many seconds before events are sent that are not.")
  private int warmUp;

  @Mixin private final BenchOptions bench = new BenchOptions();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new FreshnessBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Freshness> measured = new ArrayList<>();
    for (String scenario : scenarios) {
      for (int rate : rates) {
        measured.add(measure(Scenario.of(scenario), rate));
        bench.tell(measured.get(measured.size() - 1).toString());
      }
    }
    bench.answer(measured, () -> new Report(measured).markdown());
    return 0;
  }

  private Freshness measure(Scenario scenario, int rate) throws Exception {
    Path run = bench.emptied(scenario.key() + "-" + rate);
    Path warehouse = run.resolve("project/warehouse");
    Path bronze = warehouse.resolve("bronze/" + EventProject.NAME);
    Path silver = warehouse.resolve("silver/" + scenario.table());
    SentEvents sent;
    CommitWatch landings = new CommitWatch(bronze);
    CommitWatch publications = new CommitWatch(silver);
    try (BrokerProcess broker = BrokerProcess.start(run.resolve("broker"));
        landings;
        publications) {
      EventSender sender = new EventSender(broker.address());
      sender.createTopic();
      Path project = EventProject.make(run.resolve("project"), scenario, broker.address());
      sent = streamed(project, run.resolve("stream.log"), sender, rate, publications);
    }
    int first = rate * warmUp;
    try (SparkSession spark = bench.session(Map.of())) {
      requireAll(spark, silver, sent);
      return Freshness.of(
          scenario,
          rate,
          sent,
          first,
          new ReadableEvents(
              TableContent.read(spark, bronze, field("lane"), field("event_id")), landings.seen()),
          new ReadableEvents(
              TableContent.read(spark, silver, col("lane"), col("event_id")), publications.seen()),
          TurnTimes.read(warehouse, silver, sent.at(first), sent.at(sent.size() - 1)));
    }
  }

  private SentEvents streamed(
      Path project, Path log, EventSender sender, int rate, CommitWatch publications)
      throws Exception {
    try (JavaProcess stream = stream(project, log)) {
      // Its first batch finds nothing, and makes the tables.
      await(publications, 1, stream, log);
      bench.tell("%s: sending %,d events/s".formatted(project.getParent().getFileName(), rate));
      SentEvents sent = sender.send(rate, Duration.ofSeconds(warmUp + (long) seconds));
      int versions;
      do {
        versions = publications.versions();
        Thread.sleep(QUIET.toMillis());
      } while (publications.versions() > versions);
      if (stream.stop() != 0) {
        throw new IllegalStateException("the stream failed; see " + log);
      }
      return sent;
    }
  }

  private static void await(CommitWatch table, int versions, JavaProcess stream, Path log)
      throws InterruptedException {
    long start = System.nanoTime();
    while (table.versions() < versions) {
      if (!stream.runs() || System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException("the stream made no table; see " + log);
      }
      Thread.sleep(100);
    }
  }

  private JavaProcess stream(Path project, Path log) throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Xmx2g",
                "-XX:+UseParallelGC",
                "-Dspark.master=local[2]",
                "-Dspark.driver.bindAddress=127.0.0.1",
                "-Dspark.driver.host=127.0.0.1",
                "-Dassay.home=" + System.getProperty("assay.home"),
                "-Dassay.log=" + log + ".detail",
                "-Dlog4j2.configurationFile=" + System.getProperty("log4j2.configurationFile")));
    if (bench.jobs()) {
      options.add("-Dspark.extraListeners=io.assay.bench.JobTimes");
    }
    return JavaProcess.start(
        log, options, List.of("io.assay.app.cli.Main", "--project", project.toString(), "stream"));
  }

  /** An event that went elsewhere was not fresh, but lost. */
  private static void requireAll(SparkSession spark, Path silver, SentEvents sent) {
    long readable =
        spark
            .read()
            .format("delta")
            .load(silver.toString())
            .agg(countDistinct("event_id"))
            .first()
            .getLong(0);
    if (readable != sent.size()) {
      throw new IllegalStateException(
          "%d of %d events are in silver".formatted(readable, sent.size()));
    }
  }

  private static Column field(String name) {
    return get_json_object(col("_value"), "$." + name);
  }
}
