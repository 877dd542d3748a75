package io.assay.server.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import scala.Option;

/**
 * One broker that is its own controller, on 127.0.0.1. What it was sent outlives it: one that is
 * started on the same folder and port goes on with it.
 */
public final class Broker implements AutoCloseable {
  private static final String OPEN = "OPEN";
  private static final String CONTROLLER = "CONTROLLER";

  private static final Set<String> LISTS = Set.of("listeners", "listener.security.protocol.map");

  /** As many bytes as one message may have. */
  public static final int LARGEST_MESSAGE = 200 << 20;

  private final int port;
  private final Map<String, String> settings;
  private KafkaRaftServer server;

  private Broker(int port, Map<String, String> settings) {
    this.port = port;
    this.settings = settings;
  }

  /**
   * A broker that is not started yet; its folder is prepared.
   *
   * @param folder holds its data; made if need be
   * @param port where clients find it; 0 for a free one
   * @param more settings by Kafka's names, in place of those that are made here; {@code listeners}
   *     and {@code listener.security.protocol.map} are put behind its own
   */
  public static Broker in(Path folder, int port, Map<String, String> more) {
    int open = port == 0 ? freePort() : port;
    Map<String, String> settings = settings(folder, open, freePort());
    more.forEach(
        (name, value) ->
            settings.merge(
                name, value, (own, added) -> LISTS.contains(name) ? own + "," + added : added));
    try {
      Files.createDirectories(folder.resolve("log"));
      Files.writeString(
          folder.resolve("log/meta.properties"),
          "version=1\ncluster.id=assayassayassayassay00\nnode.id=1\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Broker(open, settings);
  }

  private static Map<String, String> settings(Path folder, int open, int controller) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    settings.put("controller.listener.names", CONTROLLER);
    settings.put(
        "listeners",
        "%s://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(OPEN, open, CONTROLLER, controller));
    settings.put(
        "listener.security.protocol.map", OPEN + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    settings.put("inter.broker.listener.name", OPEN);
    settings.put("log.dirs", folder.resolve("log").toString());
    settings.put("inter.broker.protocol.version", "3.4");
    settings.put("auto.create.topics.enable", "false");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("message.max.bytes", Integer.toString(LARGEST_MESSAGE));
    settings.put("socket.request.max.bytes", Integer.toString(LARGEST_MESSAGE));
    settings.put("controlled.shutdown.enable", "false");
    return settings;
  }

  /** Starts it, and returns when it answers; what was stopped can be started again. */
  public void start() {
    server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM, Option.empty());
    server.startup();
  }

  /** Stops it, if it runs. */
  public void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }

  /** Host and port, as clients want them. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    stop();
  }

  /** A port that nobody listens on now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
