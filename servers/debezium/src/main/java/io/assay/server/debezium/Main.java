package io.assay.server.debezium;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Captures the changes of a database without Kafka Connect: for tests, demonstrations and small
 * installations. A SIGTERM ends it gracefully.
 *
 * <pre>{@code
 * java -cp 'servers/debezium/target/lib/*' io.assay.server.debezium.Main \
 *   --connector shop-postgres.json --brokers 127.0.0.1:9092
 * }</pre>
 *
 * <p>Exit codes: 1 if the capture failed (start it again: it goes on where it was), 2 for a wrong
 * command line, 4 for a wrong configuration.
 */
@Command(
    name = "debezium",
    description = "Captures the changes of a database into topics of Kafka, as Kafka Connect does.",
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  private static final Logger LOGGER = LoggerFactory.getLogger(Main.class);
  private static final int FAILED = 1;
  private static final int MISCONFIGURED = 4;

  @Option(
      names = "--connector",
      required = true,
      paramLabel = "FILE",
      description = "The connector, in the JSON that Kafka Connect takes.")
  private Path connector;

  @Option(
      names = "--brokers",
      required = true,
      paramLabel = "HOST:PORT,…",
      description = "The brokers that get the messages, and keep how far it has come.")
  private String brokers;

  @Option(
      names = "--clients",
      paramLabel = "FILE",
      description = "Properties of Kafka's clients, such as security.protocol.")
  private Path clients;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replaces a setting of the connector; can be repeated.")
  private Map<String, String> changes = new HashMap<>();

  @Option(
      names = "--while-input",
      description = "Ends when standard input does, and so with the process that started it.")
  private boolean whileInput;

  public static void main(String... arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() {
    Capture capture;
    ConnectorFile file;
    try {
      file = ConnectorFile.read(connector, changes);
      capture = new Capture(file, clientSettings());
    } catch (ConfigurationException e) {
      LOGGER.error("{}", e.getMessage());
      return MISCONFIGURED;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(capture), "stop"));
    if (whileInput) {
      Thread watch = new Thread(Main::exitAfterInput, "input");
      watch.setDaemon(true);
      watch.start();
    }
    LOGGER.info("{} begins", file.name());
    return capture.run().isPresent() ? FAILED : 0;
  }

  /** As a SIGTERM would, which ends the process even if the engine does not. */
  private static void exitAfterInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
      System.exit(0);
    } catch (IOException e) {
      System.exit(0);
    }
  }

  private static void stop(Capture capture) {
    try {
      capture.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, Object> clientSettings() {
    Map<String, Object> settings = new HashMap<>();
    if (clients != null) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(clients)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new ConfigurationException(clients + " cannot be read: " + e.getMessage());
      }
      properties.stringPropertyNames().forEach(key -> settings.put(key, properties.get(key)));
    }
    settings.put("bootstrap.servers", brokers);
    return settings;
  }
}
