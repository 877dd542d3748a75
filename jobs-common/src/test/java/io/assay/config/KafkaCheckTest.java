package io.assay.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaCheckTest {
  private static final String ORDERS = "datasets/sales/orders/pipeline.yaml";
  private static final String SETTINGS =
      """
      project: shop
      connections:
        landing: {store: {root: /data}}
        events:
          kafka:
            brokers: b1:9092,b2:9092
            options:
              sasl.jaas.config: a b password="plain-s3cret"
              ssl.key.password: ${env:KEY}
      """;

  @TempDir Path folder;

  private ProjectFolder project(String pipeline) {
    ProjectFolder project = ProjectFolder.sound(folder);
    project.write("assay.yaml", SETTINGS);
    project.write(ORDERS, pipeline);
    return project;
  }

  private List<String> problems(String pipeline) {
    return project(pipeline).problems("", List.of(), Map.of("KEY", "s3cret"));
  }

  @Test
  void aSourceOfTopicsIsReadWithItsDefaultsAndShowsNoSecret() {
    ProjectFolder files =
        project(
            "source: {kafka: {connection: events, topic: orders, start:"
                + " 2026-01-01T01:00:00+01:00}}");
    Map<String, String> environment = Map.of("KEY", "s3cret");

    Project project = files.load("", List.of(), environment);

    Source.Kafka source = (Source.Kafka) project.datasets().get("orders").pipeline().source();
    assertThat(source.topic()).contains("orders");
    assertThat(source.format()).isEqualTo(Source.MessageFormat.JSON);
    assertThat(source.start().time()).isEqualTo(Optional.of(Instant.parse("2026-01-01T00:00:00Z")));
    assertThat(source.limits()).isEqualTo(Source.Limits.DEFAULT);
    assertThat(project.datasets().get("orders").pipeline().payload(project))
        .isEqualTo(Payload.JSON);
    Connection.Kafka events = (Connection.Kafka) project.settings().connections().get("events");
    assertThat(events.patience()).isEqualTo(Duration.ofMinutes(1));
    assertThat(events.options()).containsEntry("ssl.key.password", "s3cret");
    assertThat(project.toString()).doesNotContain("s3cret");
    assertThat(ConfigurationReport.of(files.location(), "", List.of(), environment))
        .doesNotContain("s3cret");
  }

  @Test
  void everyMistakeIsSaid() {
    assertThat(
            problems(
                """
                source:
                  kafka:
                    connection: landing
                    topic: orders
                    topics: ["or ders"]
                    start: yesterday
                    offsets: {orders: 5, orders-0: -1}
                    limits: {record_bytes: 0}
                """))
        .containsExactly(
            "datasets/sales/orders/pipeline.yaml:2:3: source.kafka: expected exactly one of the"
                + " keys topic, topics, pattern, found topic, topics",
            "datasets/sales/orders/pipeline.yaml:3:5: source.kafka.connection: connection 'landing'"
                + " is of kind store; kafka needs one of kind kafka",
            "datasets/sales/orders/pipeline.yaml:5:5: source.kafka.topics: 'or ders' is no topic's"
                + " name: letters, digits, dots, underscores and hyphens",
            "datasets/sales/orders/pipeline.yaml:6:12: source.kafka.start: expected earliest,"
                + " latest, or a time such as 2026-01-01T00:00:00Z, found 'yesterday'",
            "datasets/sales/orders/pipeline.yaml:7:15: source.kafka.offsets.orders: expected a"
                + " topic's partition such as payments-0",
            "datasets/sales/orders/pipeline.yaml:7:26: source.kafka.offsets.orders-0: must not be"
                + " negative",
            "datasets/sales/orders/pipeline.yaml:8:14: source.kafka.limits.record_bytes: must be"
                + " at least 1");
    assertThat(
            problems(
                "{source: {kafka: {connection: events, topic: a, format: text}}, drift: evolve}"))
        .anyMatch(problem -> problem.contains("drift: evolve needs records with fields"));
    assertThat(problems("source: {kafka: {connection: evnts, pattern: \"(\"}}"))
        .containsExactly(
            "datasets/sales/orders/pipeline.yaml:1:18: source.kafka.connection: assay.yaml has no"
                + " connection 'evnts'; did you mean 'events'?",
            "datasets/sales/orders/pipeline.yaml:1:37: source.kafka.pattern: is no regular"
                + " expression: Unclosed group");
    assertThat(
            problems(
                """
                source: {kafka: {connection: events, topic: a, format: bytes}}
                format: debezium
                debezium: {connector: mysql}
                history: {keep: scd2}
                """))
        .singleElement()
        .asString()
        .contains("format: debezium needs messages in JSON");
    assertThat(
            problems(
                """
                source: {kafka: {connection: events, topic: a}}
                format: snapshot
                snapshot: {taken_at: _message.timestamp}
                history: {keep: scd2}
                """))
        .singleElement()
        .asString()
        .contains("format: snapshot needs records that are whole at one time");
  }

  @Test
  void aSchemaIsKnownHereOrToTheRegistry() {
    assertThat(problems("source: {kafka: {connection: events, topic: a, format: avro}}"))
        .containsExactly(
            "datasets/sales/orders/pipeline.yaml:1:48: source.kafka.format: avro needs a schema"
                + " here, or the registry of connection 'events'");
    assertThat(
            problems("source: {kafka: {connection: events, topic: a, format: avro, schema: long}}"))
        .singleElement()
        .asString()
        .contains("source.kafka.schema: is no Avro schema: ");
    assertThat(problems("source: {kafka: {connection: events, topic: a, schema: '\"long\"'}}"))
        .singleElement()
        .asString()
        .contains("source.kafka.schema: belongs to format: avro");
    ProjectFolder project =
        project("source: {kafka: {connection: events, topic: a, format: avro}}");
    project.replace(
        "assay.yaml",
        "ssl.key.password: ${env:KEY}",
        "client.id: assay\n      registry: {url: 'https://me:pw@r', user: me, password: s3cret}");
    assertThat(project.problems())
        .singleElement()
        .asString()
        .contains("connections.events.kafka.registry.url: must be an address");
    project.replace("assay.yaml", "me:pw@r", "schemas.example.com");
    assertThat(project.load().toString()).doesNotContain("s3cret").contains("schemas.example.com");
  }

  @Test
  void whatAssayDecidesIsNoOptionOfAConnection() {
    ProjectFolder project = project("source: {kafka: {connection: events, topic: orders}}");
    project.replace(
        "assay.yaml", "ssl.key.password: ${env:KEY}", "isolation.level: read_uncommitted");
    assertThat(project.problems())
        .singleElement()
        .asString()
        .startsWith(
            "assay.yaml:9:9: connections.events.kafka.options.isolation.level: cannot be set");
  }
}
