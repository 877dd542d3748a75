package io.assay.e2e;

import static io.assay.e2e.ProjectRun.assertSucceeded;
import static io.assay.e2e.ProjectRun.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.operate.TableProof;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.table.TableName;
import io.assay.testing.KafkaBroker;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From topics of a real broker to silver: plain documents, and Debezium's messages. */
class KafkaFeedTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final TableName PAYMENTS = TableName.silver("payments");
  private static final TableName PRODUCTS = TableName.silver("products");

  @TempDir Path folder;

  @Test
  void messagesBecomeRowsAndVersionsAndWhatIsBrokenIsQuarantinedWithItsOffset() throws IOException {
    files()
        .write(
            "assay.yaml",
            "project: feeds\nconnections: {shop: {kafka: {brokers: \"${env:BROKERS}\"}}}\n");
    files()
        .write(
            "datasets/payments/pipeline.yaml",
            """
        source: {kafka: {connection: shop, topic: payments}}
        columns:
          sent_at: _message.timestamp
          trace: string(filter(_message.headers, h -> h.key = 'trace')[0].value)
          sender: _source.key
        gate: {quarantined: 100}
        """);
    files()
        .write(
            "datasets/payments/contract.odcs.yaml",
            contract(
                "payments",
                "id, integer, int, true",
                "amount, number, 'decimal(10,2)', true",
                "sent_at, timestamp, timestamp, true",
                "trace, string, string, false",
                "sender, string, string, false"));
    files()
        .write(
            "datasets/products/pipeline.yaml",
            """
        source: {kafka: {connection: shop, pattern: "shop[.]public[.].*"}}
        format: debezium
        debezium: {connector: postgresql, decimals: string}
        history: {keep: scd2}
        """);
    files()
        .write(
            "datasets/products/contract.odcs.yaml",
            contract("products", "id, integer, int, true", "name, string, string, false")
                .replace("name: id,", "name: id, primaryKey: true, primaryKeyPosition: 1,"));
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      broker.create("payments", 2);
      broker.create("shop.public.products", 1);
      Project project =
          ProjectRun.project(
              folder.resolve("project"),
              folder.resolve("warehouse"),
              Map.of("BROKERS", broker.address()));
      ProjectRun run = new ProjectRun(SPARK, project);

      broker.send(firstPayments());
      broker.send(
          List.of(
              product("{\"id\":1}", "c", 10, null, "{\"id\":1,\"name\":\"Kettle\"}"),
              product("{\"id\":2}", "c", 11, null, "{\"id\":2,\"name\":\"Lamp\"}")));
      assertSucceeded(run.run());
      broker.send(
          List.of(
              product("{\"id\":1}", "u", 12, null, "{\"id\":1,\"name\":\"Teapot\"}"),
              product("{\"id\":2}", "d", 13, "{\"id\":2,\"name\":\"Lamp\"}", null),
              new ProducerRecord<>("shop.public.products", 0, bytes("{\"id\":2}"), null)));
      broker.send(List.of(payment(1, null, "{\"id\": 3, \"amount\": 0.10}")));
      assertSucceeded(run.run());

      assertThat(lines(run.read(PAYMENTS), "id", "amount", "sent_at", "trace", "sender"))
          .containsExactly("1 12.50 2023-11-14 22:13:20 abc ada", "3 0.10 2023-11-14 22:13:20");
      assertThat(
              lines(
                  run.stored(TableName.quarantine("payments")),
                  "_source.origin",
                  "_source.position",
                  "rules[0]",
                  "coalesce(get_json_object(raw, '$._problem'), '')"))
          .containsExactly(
              "payments-0 1 amount_type ",
              "payments-1 0 unreadable no value",
              "payments-1 1 unreadable undecodable bytes: not UTF-8");
      assertThat(lines(run.read(PRODUCTS), "id", "name")).containsExactly("1 Teapot");
      assertThat(lines(run.read(TableName.history("products")), "id", "name", "is_current"))
          .containsExactly("1 Kettle false", "1 Teapot true", "2 Lamp false");
      assertThat(run.count(TableName.quarantine("products"))).isZero();
      for (TableName table : List.of(PAYMENTS, PRODUCTS)) {
        assertThat(new TableProof(SPARK, project).check(table)).isEmpty();
      }
      Map<TableName, Long> versions = run.versions();
      assertThat(run.run())
          .allSatisfy(report -> assertThat(report.result().outcome()).isEqualTo(Outcome.UNCHANGED));
      assertThat(run.versions()).isEqualTo(versions);
    }
  }

  private static List<ProducerRecord<byte[], byte[]>> firstPayments() {
    ProducerRecord<byte[], byte[]> traced = payment(0, "ada", "{\"id\": 1, \"amount\": 12.50}");
    traced.headers().add("trace", bytes("abc"));
    return List.of(
        traced,
        payment(0, "bob", "{\"id\": 2, \"amount\": \"much\"}"),
        payment(1, "tombstone", null),
        new ProducerRecord<>("payments", 1, null, new byte[] {'"', -1, '"'}));
  }

  private static ProducerRecord<byte[], byte[]> payment(int partition, String key, String value) {
    return new ProducerRecord<>(
        "payments", partition, 1_700_000_000_000L, bytes(key), bytes(value));
  }

  private static ProducerRecord<byte[], byte[]> product(
      String key, String operation, long lsn, String before, String after) {
    String message =
        "{\"before\":%s,\"after\":%s,\"op\":\"%s\",\"source\":{\"connector\":\"postgresql\",\"lsn\":%d,\"ts_ms\":%d}}"
            .formatted(before, after, operation, lsn, 1_700_000_000_000L + lsn);
    return new ProducerRecord<>("shop.public.products", 0, bytes(key), bytes(message));
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param columns each as name, logical type, physical type, required
   */
  private static String contract(String name, String... columns) {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: feeds.%s
            name: %s
            version: 1.0.0
            status: active
            schema:
              - name: %s
                logicalType: object
                physicalType: table
                properties:
            """
                .formatted(name, name, name));
    Stream.of(columns)
        .map(column -> column.split(", "))
        .forEach(
            parts ->
                text.append(
                    "      - {name: %s, logicalType: %s, physicalType: %s, required: %s, description: It.}\n"
                        .formatted((Object[]) parts)));
    return text.toString();
  }

  private ProjectFiles files() {
    return new ProjectFiles(folder.resolve("project"));
  }
}
