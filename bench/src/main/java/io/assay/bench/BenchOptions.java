package io.assay.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/**
 * What the command lines of all benchmarks have in common, and how they speak: progress goes to
 * standard error, the answer to standard out.
 */
public final class BenchOptions {
  @Option(
      names = "--folder",
      required = true,
      paramLabel = "DIR",
      description = "Where it works, and keeps what it made.")
  private Path folder;

  @Option(names = "--json", description = "Print JSON instead of tables.")
  private boolean json;

  @Option(names = "--jobs", description = "Tell of every Spark job.")
  private boolean jobs;

  private final long start = System.nanoTime();

  /** Where it works. */
  public Path folder() {
    return folder.toAbsolutePath().normalize();
  }

  /** A folder in it that is there, and empty. */
  public Path emptied(String name) throws IOException {
    Path emptied = folder().resolve(name);
    LinkedCopy.remove(emptied);
    return Files.createDirectories(emptied);
  }

  /** Whether every Spark job is to be told of. */
  public boolean jobs() {
    return jobs;
  }

  /**
   * Opens the session to measure in.
   *
   * @param more settings besides those of every benchmark
   */
  public SparkSession session(Map<String, String> more) {
    SparkSession spark = BenchSession.open(folder().resolve("spark"), more);
    if (jobs) {
      spark.sparkContext().addSparkListener(new JobTimes(this::tell));
    }
    return spark;
  }

  /** Says how far it is. */
  public void tell(String line) {
    System.err.printf("%7.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
  }

  /**
   * Prints what was measured.
   *
   * @param measured becomes JSON
   * @param markdown the same for people
   */
  public void answer(Object measured, Supplier<String> markdown) throws JsonProcessingException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    out.println(
        json
            ? new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(measured)
            : markdown.get());
  }
}
