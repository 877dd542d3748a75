package io.assay.e2e;

import io.assay.testing.TestSpark;
import java.io.File;
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
    return run(project, environment, classes, List.of(), project.folder().toString(), words);
  }

  /**
   * The same for a project anywhere.
   *
   * @param local for what it prints
   * @param more options of the JVM; its class path is {@link #classPath}, or the last named here
   * @param location as for {@code --project}
   */
  static Ended run(
      SmallProject local,
      Map<String, String> environment,
      ClassArchive classes,
      List<String> more,
      String location,
      String... words)
      throws IOException, InterruptedException {
    List<String> command = java();
    command.addAll(List.of(classes.option(), "-Xlog:disable"));
    command.addAll(SMALL);
    command.addAll(List.of("-cp", classPath()));
    command.addAll(more);
    command.addAll(List.of("io.assay.app.cli.Main", "--project", location));
    command.addAll(List.of(words));
    return start(local, environment, command);
  }

  /** Assay and Spark. */
  static String classPath() throws IOException {
    return jar() + ":" + jars() + "/*";
  }

  /**
   * Classes prepared for the JVM, which halves the time that a short process takes.
   *
   * @param option makes or uses the archive
   */
  record ClassArchive(String option) {
    /** Not worth making one. */
    static ClassArchive none() {
      return new ClassArchive("-Xshare:auto");
    }

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
    return start(project, Map.of(), submission(arguments));
  }

  /** The command line by spark-submit, at work; whoever calls this ends it. */
  static Process submitted(SmallProject project, Map<String, String> environment, String command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            submission(
                List.of(
                    "--class",
                    "io.assay.app.cli.Main",
                    jar().toString(),
                    "--project",
                    project.folder().toString(),
                    command)));
    return launched(project, environment, builder);
  }

  private static List<String> submission(List<String> arguments) throws IOException {
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
    return command;
  }

  /** Spark's jars, as the build laid them out. */
  static Path jars() throws IOException {
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

  /** {@code bin/assay run}, at work; whoever calls this ends it. */
  static Process launched(SmallProject project) throws IOException {
    return launched(project, Map.of(), "run");
  }

  /** A command of {@code bin/assay}, at work; whoever calls this ends it. */
  static Process launched(
      SmallProject project, Map<String, String> environment, String command, String... options)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Installation.root().resolve("bin/assay").toString(),
            "--project",
            project.folder().toString(),
            command);
    builder.command().addAll(List.of(options));
    builder.environment().put("ASSAY_NO_BUILD", "yes");
    builder.environment().put("ASSAY_MASTER", "local[1]");
    builder.environment().put("ASSAY_DRIVER_MEMORY", "768m");
    builder.environment().put("ASSAY_LOG_DIR", project.folder().resolve("log").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("SPARK_HOME");
    return launched(project, environment, builder);
  }

  private static Process launched(
      SmallProject project, Map<String, String> environment, ProcessBuilder builder)
      throws IOException {
    File output = project.folder().resolve("output.txt").toFile();
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(output).start();
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
