package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.Project;
import io.assay.table.TableName;
import io.assay.testing.KafkaBroker;
import io.assay.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.spark.sql.Encoders;

/** A database, a broker and a connector between them, all as the documentation sets them up. */
final class CapturedShop implements AutoCloseable {
  static final String TOPIC = "shop.public.products";
  private static final DocumentedFiles PAGE = new DocumentedFiles("how-to/cdc.md");
  private static final ConfigResource NOTES =
      new ConfigResource(ConfigResource.Type.TOPIC, "shop-postgres-offsets");
  private static final int PARTITIONS = 3;
  private static final Map<String, String> ONE_BROKER =
      Map.of(
          "topic.creation.default.replication.factor", "1",
          "topic.creation.default.min.insync.replicas", "1");

  private final Path folder;
  private final PostgresServer server;
  private final KafkaBroker broker;
  private final CapturedProducts products;
  private CaptureProcess capture;

  /** Starts the servers; the capture begins with {@link #capture}. */
  CapturedShop(Path folder) {
    this.folder = folder;
    server = PostgresServer.start(folder.resolve("postgres"));
    broker = KafkaBroker.start(folder.resolve("broker"));
    products = new CapturedProducts(server);
    products.create();
    server.execute("postgres", PAGE.statements("administrator.sql"));
    execute(PAGE.statements("owner.sql"));
  }

  PostgresServer server() {
    return server;
  }

  CapturedProducts products() {
    return products;
  }

  void execute(String... statements) {
    server.execute(CapturedProducts.DATABASE, statements);
  }

  /**
   * Starts the connector.
   *
   * @param changes of its settings
   */
  CaptureProcess capture(Map<String, String> changes) {
    Map<String, String> all = new TreeMap<>(ONE_BROKER);
    all.putAll(changes);
    capture = CaptureProcess.start(folder, server, broker, all);
    return capture;
  }

  /** What the connector said so far. */
  String log() throws IOException {
    return Files.readString(CaptureProcess.log(folder));
  }

  /** Waits until the topic has so many messages. */
  void await(long messages) throws Exception {
    Instant patience = Instant.now().plus(Duration.ofMinutes(2));
    while (messages() < messages && capture.alive() && Instant.now().isBefore(patience)) {
      Thread.sleep(200);
    }
    assertThat(messages()).as(log()).isGreaterThanOrEqualTo(messages);
  }

  /** How many messages the topic has. */
  long messages() throws ExecutionException, InterruptedException {
    return messages(TOPIC, PARTITIONS);
  }

  /** Waits until the capture has noted so many times more how far it has come. */
  void awaitNotes(int notes) throws Exception {
    long enough = messages(NOTES.name(), 1) + notes;
    Instant patience = Instant.now().plus(Duration.ofMinutes(1));
    while (messages(NOTES.name(), 1) < enough && Instant.now().isBefore(patience)) {
      Thread.sleep(20);
    }
    assertThat(messages(NOTES.name(), 1)).as(log()).isGreaterThanOrEqualTo(enough);
  }

  private long messages(String topic, int partitions)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      if (!admin.listTopics().names().get().contains(topic)) {
        return 0;
      }
      Map<TopicPartition, OffsetSpec> ends =
          IntStream.range(0, partitions)
              .mapToObj(partition -> new TopicPartition(topic, partition))
              .collect(Collectors.toMap(partition -> partition, end -> OffsetSpec.latest()));
      return admin.listOffsets(ends).all().get().values().stream()
          .mapToLong(end -> end.offset())
          .sum();
    }
  }

  /**
   * Whether the topic takes what the capture notes of how far it has come. What is sent meanwhile
   * comes again after a kill.
   */
  void letNote(boolean allowed) throws ExecutionException, InterruptedException {
    ConfigEntry limit = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1");
    AlterConfigOp change =
        new AlterConfigOp(limit, allowed ? AlterConfigOp.OpType.DELETE : AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      admin.incrementalAlterConfigs(Map.of(NOTES, List.of(change))).all().get();
    }
  }

  /**
   * Restarts the database. A planned stop waits for the capture to confirm what it was sent, so its
   * connection is cut.
   */
  void restartDatabase() {
    server.rows("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_replication");
    server.stop();
    server.start();
  }

  /** The names of the current rows of silver. */
  List<String> current(ProjectRun run) {
    return run
        .read(TableName.silver("products"))
        .selectExpr("concat_ws(' ', sku, name)")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  /** A project that reads the topic. */
  Project project() throws IOException {
    Path project = folder.resolve("project");
    Path dataset = Files.createDirectories(project.resolve("datasets/products"));
    Files.writeString(
        project.resolve("assay.yaml"),
        "project: shop\nconnections: {shop: {kafka: {brokers: \"%s\"}}}\n"
            .formatted(broker.address()));
    Files.writeString(dataset.resolve("pipeline.yaml"), PAGE.text("pipeline.yaml"));
    Files.writeString(
        dataset.resolve("contract.odcs.yaml"),
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: shop.products
        name: products
        version: 1.0.0
        status: active
        schema:
          - name: products
            logicalType: object
            properties:
              - {name: sku, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 1}
              - {name: name, logicalType: string}
              - {name: price, logicalType: number, physicalType: "decimal(10,2)"}
              - {name: stock, logicalType: integer, physicalType: int}
              - {name: active, logicalType: boolean}
              - {name: listed_on, logicalType: date}
              - {name: changed_at, logicalType: timestamp}
              - {name: description, logicalType: string}
              - {name: category, logicalType: string}
        """);
    return ProjectRun.project(project, folder.resolve("warehouse"), Map.of());
  }

  @Override
  public void close() {
    if (capture != null) {
      capture.close();
    }
    broker.close();
    server.close();
  }
}
