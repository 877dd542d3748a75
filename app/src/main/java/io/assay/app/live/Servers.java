package io.assay.app.live;

import io.assay.app.demo.DemoFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.commons.io.FileUtils;

/** The servers of the demo, all on 127.0.0.1. What they kept goes with them; their logs stay. */
final class Servers implements AutoCloseable {
  private final Path installation;
  private final Path data;
  private final Path logs;
  private final int databasePort = freePort();
  private final int brokerPort = freePort();
  private final SensorApi sensors = new SensorApi();
  private final Deque<ServerProcess> running = new ArrayDeque<>();
  private ServerProcess database;
  private ServerProcess broker;

  /** None is started yet. */
  Servers(Path installation, DemoFolder folder) {
    this.installation = installation;
    this.data = folder.root().resolve("servers");
    this.logs = folder.root().resolve("log");
  }

  /** Starts database and broker; they answer later. */
  void start() {
    try {
      Files.createDirectories(data);
      Files.createDirectories(logs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database = start("postgres", 128, List.of(folder("postgres"), text(databasePort)));
    broker = start("kafka", 384, List.of(folder("kafka"), text(brokerPort)));
  }

  void awaitDatabase() {
    database.awaitAnswer();
  }

  void awaitBroker() {
    broker.awaitAnswer();
  }

  /** Starts Debezium, which begins with a snapshot of what the tables hold. */
  void capture() {
    Path connector = data.resolve("shop-postgres.json");
    Connector.write(connector, databasePort);
    start(
        "debezium",
        256,
        List.of("--connector", connector.toString(), "--brokers", brokers(), "--while-input"));
  }

  private ServerProcess start(String name, int megabytes, List<String> arguments) {
    ServerProcess started =
        ServerProcess.start(installation, name, megabytes, logs.resolve(name + ".txt"), arguments);
    running.push(started);
    return started;
  }

  private String folder(String name) {
    return data.resolve(name).toString();
  }

  private static String text(int port) {
    return Integer.toString(port);
  }

  /**
   * Looks whether all still run.
   *
   * @throws io.assay.error.AssayException if one does not
   */
  void check() {
    running.forEach(ServerProcess::check);
  }

  int databasePort() {
    return databasePort;
  }

  String brokers() {
    return "127.0.0.1:" + brokerPort;
  }

  SensorApi sensors() {
    return sensors;
  }

  /** Stops them, the last first: a database waits for whoever reads its log. */
  @Override
  public void close() {
    sensors.close();
    while (!running.isEmpty()) {
      running.pop().close();
    }
    FileUtils.deleteQuietly(data.toFile());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
