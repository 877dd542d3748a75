package io.assay.bench.scores;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.bench.BenchOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an example, and scores what its rules flag against the truth. */
@Command(
    name = "bench/scores",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs an example, and scores what its rules flag against the truth.")
final class ScoreBench implements Callable<Integer> {
  private enum Example {
    DIRTY,
    TEMPERATURE
  }

  @Parameters(paramLabel = "EXAMPLE", description = "dirty or temperature.")
  private Example example;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = {
        "dirty: holds the folders beers and flights, each with dirty.csv and clean.csv.",
        "temperature: holds machine_temperature_system_failure.csv and labelled_windows.json."
      })
  private Path data;

  @Option(names = "--examples", required = true, hidden = true)
  private Path examples;

  @Mixin private final BenchOptions bench = new BenchOptions();

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new ScoreBench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Scores scores;
    try (SparkSession spark = bench.session(Map.of())) {
      scores =
          switch (example) {
            case DIRTY -> dirty(spark);
            case TEMPERATURE -> temperature(spark);
          };
    }
    bench.answer(scores.json(new ObjectMapper()), scores::markdown);
    return 0;
  }

  private Scores dirty(SparkSession spark) throws IOException {
    return CellScores.of(run(spark, "dirty", Map.of("DIRTY_DATA", absolute(data))), data);
  }

  private Scores temperature(SparkSession spark) throws IOException, InterruptedException {
    Path days = bench.folder().resolve("days");
    SpokenDays.split(
        examples.resolve("temperature"),
        data.resolve("machine_temperature_system_failure.csv"),
        days);
    ExampleRun run = run(spark, "temperature", Map.of("TEMPERATURE_DATA", absolute(days)));
    return new SpokenDays(run).scores(Window.read(data.resolve("labelled_windows.json")));
  }

  private ExampleRun run(SparkSession spark, String name, Map<String, String> environment)
      throws IOException {
    return ExampleRun.of(
        spark,
        examples.resolve(name),
        bench.folder().resolve("warehouse").resolve(name),
        environment);
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().toString();
  }
}
