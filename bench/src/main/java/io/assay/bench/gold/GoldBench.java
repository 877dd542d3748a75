package io.assay.bench.gold;

import io.assay.bench.BenchOptions;
import io.assay.bench.Spread;
import io.assay.bench.gold.MartPair.Both;
import io.assay.bench.gold.MartPair.Took;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.table.Warehouse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times the shop's marts from changes and in full. */
@Command(
    name = "bench/gold",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Times marts that are brought up to date from changes beside the same marts computed in full,"
            + " over the same inputs, round by round. After each round both are compared.")
final class GoldBench implements Callable<Integer> {
  /** The second reads the first. */
  private static final List<String> MARTS = List.of("fct_orders", "daily_sales");

  private static final Pattern KEYS = Pattern.compile("incremental: ([\\d,]+) keys? of (\\d+) .*");

  @Option(
      names = "--items",
      defaultValue = "5000000",
      paramLabel = "N",
      description = "Lines of orders, four to an order; default ${DEFAULT-VALUE}.")
  private long items;

  @Option(
      names = "--days",
      defaultValue = "30",
      paramLabel = "N",
      description = "Over how many days they are spread; default ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--shares",
      split = ",",
      defaultValue = "0.001,0.01,0.1",
      paramLabel = "SHARE",
      description = "Of all lines, which change in the last three days; default ${DEFAULT-VALUE}.")
  private List<Double> shares;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      paramLabel = "N",
      description =
          "How often each is timed, after one round that is not; default ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "The shop's project; default: conf of the installation.")
  private Path conf = Path.of(System.getProperty("assay.home", "."), "conf");

  @Mixin private final BenchOptions bench = new BenchOptions();

  private final List<MartPair> marts = new ArrayList<>();
  private int changes;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new GoldBench()).execute(arguments));
  }

  /** What is answered: the rounds of each share and mart, and by mart how long nothing takes. */
  record Measured(List<MartTiming> changed, Map<String, List<Double>> unchanged) {}

  @Override
  public Integer call() throws Exception {
    try (SparkSession spark = bench.session(Map.of())) {
      Warehouse warehouse =
          new Warehouse(new org.apache.hadoop.fs.Path(bench.emptied("warehouse").toUri()));
      Project shop =
          ProjectLoader.load(ProjectLocation.of(conf.toString()), "", List.of(), Map.of());
      MARTS.forEach(name -> marts.add(new MartPair(spark, shop, warehouse, name)));
      ShopTables tables = new ShopTables(spark, warehouse, items, days);
      bench.tell("the shop's tables are made");
      tables.make();
      marts.forEach(mart -> tell("first", mart, mart.run(false)));
      List<MartTiming> timings = new ArrayList<>();
      for (double share : shares) {
        timings.addAll(measured(tables, share));
      }
      Measured measured = new Measured(timings, unchanged());
      bench.answer(measured, () -> markdown(measured));
    }
    return 0;
  }

  private List<MartTiming> measured(ShopTables tables, double share) {
    Map<MartPair, List<Both>> took = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      changes++;
      tables.change(share, changes);
      for (MartPair mart : marts) {
        Both both = mart.run(round % 2 == 1);
        tell(round == 0 ? share + ", unmeasured" : share + ", round " + round, mart, both);
        if (round > 0) {
          took.computeIfAbsent(mart, key -> new ArrayList<>()).add(both);
        }
      }
    }
    List<MartTiming> timings = new ArrayList<>();
    took.forEach((mart, all) -> timings.add(timing(share, mart.name(), all)));
    timings.add(MartTiming.together(timings));
    return timings;
  }

  private static MartTiming timing(double share, String mart, List<Both> took) {
    String note = took.get(took.size() - 1).fromChanges().note();
    return new MartTiming(
        share,
        mart,
        note,
        affected(note),
        took.stream().map(both -> both.fromChanges().seconds()).toList(),
        took.stream().map(both -> both.inFull().seconds()).toList());
  }

  /** The share of keys that a run's note tells. */
  private static double affected(String note) {
    Matcher keys = KEYS.matcher(note);
    if (!keys.matches()) {
      throw new IllegalStateException("it was not made from changes: " + note);
    }
    return Double.parseDouble(keys.group(1).replace(",", "")) / Double.parseDouble(keys.group(2));
  }

  /** How long it takes to see that nothing is to be done. */
  private Map<String, List<Double>> unchanged() {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = 0; round < Math.max(1, rounds); round++) {
      for (MartPair mart : marts) {
        Took took = mart.idle();
        seconds.computeIfAbsent(mart.name(), name -> new ArrayList<>()).add(took.seconds());
      }
    }
    return seconds;
  }

  private void tell(String when, MartPair mart, Both both) {
    bench.tell(
        "%s: %s from changes %s (%s), in full %s, equal"
            .formatted(
                when, mart.name(), both.fromChanges(), both.fromChanges().note(), both.inFull()));
  }

  private static String markdown(Measured measured) {
    String idle =
        measured.unchanged().entrySet().stream()
            .map(
                mart ->
                    "Nothing changed: %s in %s s, no commit."
                        .formatted(mart.getKey(), Spread.of(mart.getValue())))
            .collect(Collectors.joining("\n"));
    return "| changed items | mart | keys affected | from changes, s | in full, s | share of full | aim | |\n"
        + "| --- | --- | ---: | ---: | ---: | ---: | --- | --- |\n"
        + measured.changed().stream().map(MartTiming::markdown).collect(Collectors.joining("\n"))
        + "\n\n"
        + idle;
  }
}
