package io.assay.e2e;

import io.assay.testing.TestSpark;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Assay in a Java process of its own. */
final class AssayProcess {
  /** One core and one partition for tables of a few rows. */
  private static final List<String> SMALL =
      List.of(
          "-Dspark.master=local[1]",
          "-Dspark.driver.bindAddress=127.0.0.1",
          "-Dspark.driver.host=127.0.0.1",
          "-Dspark.sql.shuffle.partitions=1",
          "-Dspark.databricks.delta.snapshotPartitions=1");

  private AssayProcess() {}

  /**
   * What it ended with.
   *
   * @param text standard out and standard error together
   */
  record Ended(int status, String text) {}

  /** The command line, started without spark-submit, which takes longer. */
  static Ended run(
      SmallProject project, Map<String, String> environment, ClassArchive classes, String... words)
      throws IOException, InterruptedException {
    List<String> command = java();
    command.addAll(List.of(classes.option(), "-Xlog:disable"));
    command.addAll(SMALL);
    command.addAll(
        List.of(
            "-cp",
            jar() + ":" + jars() + "/*",
            "io.assay.app.cli.Main",
            "--project",
            project.folder().toString()));
    command.addAll(List.of(words));
    return start(project, environment, command);
  }

  /**
   * Classes prepared for the JVM, which halves the time that a short process takes.
   *
   * @param option makes or uses the archive
   */
  record ClassArchive(String option) {
    static ClassArchive make(Path file) {
      return new ClassArchive("-XX:ArchiveClassesAtExit=" + file);
    }

    static ClassArchive use(Path file) {
      return new ClassArchive("-XX:SharedArchiveFile=" + file);
    }
  }

  /** A main of these tests. */
  static Ended test(SmallProject project, Class<?> main, Path argument)
      throws IOException, InterruptedException {
    List<String> command = java();
    command.addAll(SMALL);
    command.add("-Dassay.root=" + Installation.root());
    command.addAll(
        List.of(
            "-cp",
            origin(main) + ":" + origin(TestSpark.class) + ":" + jar() + ":" + jars() + "/*",
            main.getName(),
            project.folder().toString(),
            argument.toString()));
    return start(project, Map.of(), command);
  }

  /** Where a class was loaded from. */
  private static Path origin(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static Path jar() {
    return Installation.root().resolve("app/target/assay.jar");
  }

  /** What spark-submit does, on Spark's jars as the build laid them out. */
  static Ended submit(SmallProject project, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = java();
    command.addAll(
        List.of(
            "-cp",
            jars() + "/*",
            "org.apache.spark.deploy.SparkSubmit",
            "--master",
            "local[1]",
            "--conf",
            "spark.driver.bindAddress=127.0.0.1"));
    command.addAll(arguments);
    return start(project, Map.of(), command);
  }

  /** Spark's jars, as the build laid them out. */
  private static Path jars() throws IOException {
    try (Stream<Path> versions = Files.list(Installation.root().resolve("spark-home/target"))) {
      return versions
          .map(version -> version.resolve("jars"))
          .filter(Files::isDirectory)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("run mvn package first"));
    }
  }

  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx768m",
            "-XX:TieredStopAtLevel=1",
            // With one compiler the JVM would reserve 48 MB, which Spark fills.
            "-XX:ReservedCodeCacheSize=256m",
            "-XX:+UseSerialGC",
            "-Xshare:auto"));
    return command;
  }

  private static Ended start(
      SmallProject project, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(project.folder(), "process", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(15, TimeUnit.MINUTES)) {
        return new Ended(-1, "did not end: " + Files.readString(output));
      }
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(output));
  }
}
