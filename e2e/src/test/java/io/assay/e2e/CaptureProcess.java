package io.assay.e2e;

import io.assay.testing.KafkaBroker;
import io.assay.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Debezium's engine in a process of its own, with the connector that the documentation shows. */
final class CaptureProcess implements AutoCloseable {
  private static final DocumentedFiles PAGE = new DocumentedFiles("how-to/cdc.md");

  private final Process process;

  private CaptureProcess(Process process) {
    this.process = process;
  }

  /** How a process ended that did not get to work. */
  record Ended(int status, String log) {}

  /**
   * Starts the connector.
   *
   * @param folder where its configuration and its log lie
   * @param changes of the documented settings
   */
  static CaptureProcess start(
      Path folder, PostgresServer database, KafkaBroker broker, Map<String, String> changes) {
    return new CaptureProcess(
        launched(folder, broker.address(), Integer.toString(database.port()), changes));
  }

  /** Starts the connector with settings that must end it at once. */
  static Ended refused(Path folder, Map<String, String> changes)
      throws IOException, InterruptedException {
    int status = launched(folder, "127.0.0.1:1", "1", changes).waitFor();
    return new Ended(status, Files.readString(log(folder)));
  }

  private static Process launched(
      Path folder, String brokers, String port, Map<String, String> changes) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", jars(), "io.assay.server.debezium.Main", "--while-input"));
    try {
      Files.createDirectories(folder);
      Path connector =
          Files.writeString(folder.resolve("connector.json"), PAGE.text("shop-postgres.json"));
      command.addAll(List.of("--connector", connector.toString(), "--brokers", brokers));
      changes.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()));
      builder
          .environment()
          .putAll(
              Map.of(
                  "SHOP_DB_HOST", "127.0.0.1",
                  "SHOP_DB_PORT", port,
                  "SHOP_DB_PASSWORD", "change-me"));
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path log(Path folder) {
    return folder.resolve("log.txt");
  }

  private static String jars() {
    Path jars = Installation.root().resolve("servers/debezium/target/lib");
    if (!Files.isDirectory(jars)) {
      throw new IllegalStateException("run mvn package first");
    }
    return jars + "/*";
  }

  boolean alive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * SIGTERM.
   *
   * @return whether it ended by itself
   */
  boolean stop() throws InterruptedException {
    process.destroy();
    return process.waitFor(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
