package io.assay.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.Source.FileFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an environment says that rows come from. */
class EnvironmentSourcesTest {
  private static final String DEV = "env/dev.yaml";

  @TempDir Path folder;

  private ProjectFolder project(String dev) {
    ProjectFolder project = ProjectFolder.sound(folder);
    project.write(
        "assay.yaml",
        """
        project: shop
        connections:
          landing: {store: {root: /data}}
          events: {kafka: {brokers: "b1:9092"}}
        """);
    project.replace(
        "datasets/sales/orders/pipeline.yaml",
        """
          files:
            connection: landing
            path: "*/orders.csv"
            format: csv
        """,
        """
          kafka: {connection: events, topic: orders}
        """);
    return project.write(DEV, dev);
  }

  private static Source source(Project project, String dataset) {
    return project.datasets().get(dataset).pipeline().source();
  }

  @Test
  void anEnvironmentReadsFilesWhereTheProjectReadsTopics() {
    ProjectFolder files =
        project(
            "sources:\n  orders: {files: {connection: landing, path: \"*/orders.jsonl\", format: json}}\n");

    Project dev = files.load("dev", List.of(), Map.of());

    assertThat(source(files.load(), "orders")).isInstanceOf(Source.Kafka.class);
    Source.Files orders = (Source.Files) source(dev, "orders");
    assertThat(orders.path()).isEqualTo("*/orders.jsonl");
    assertThat(orders.limits()).isEqualTo(Source.Limits.DEFAULT);
    assertThat(dev.datasets().get("orders").pipeline().history())
        .isEqualTo(files.load().datasets().get("orders").pipeline().history());
    assertThat(source(dev, "order_log").payload(dev)).isEqualTo(Payload.JSON);
    assertThat(ConfigurationReport.of(files.location(), "dev", List.of(), Map.of()))
        .contains(
            "    source:\n      files:\n        connection: landing  # env/dev.yaml:2\n",
            "        encoding: UTF-8  # default\n")
        .doesNotContain("topic");
  }

  @Test
  void sourcesOfOneKindMergeAndOneOfAnotherKindTakesThePlaceOfTheWhole() {
    ProjectFolder files =
        project(
            "sources: {orders: {files: {path: a.csv, format: csv}}, order_log: {kafka: {connection: events, topic: log}}}\n");
    files.replace(
        "assay.yaml",
        "project: shop",
        "project: shop\nsources: {orders: {kafka: {connection: events, topic: staged}}}");

    Project dev = files.load("dev", List.of("sources.orders.files.path=b.csv"), Map.of());

    assertThat(((Source.Kafka) source(files.load(), "orders")).topic()).contains("staged");
    assertThat(source(dev, "orders"))
        .isInstanceOfSatisfying(
            Source.Files.class,
            orders -> {
              assertThat(orders.path()).isEqualTo("b.csv");
              assertThat(orders.format()).isEqualTo(FileFormat.CSV);
            });
    assertThat(dev.datasets().get("order_log").lands()).isTrue();
  }

  @Test
  void aSourceOfAnEnvironmentIsCheckedAsOneOfAPipelineIs() {
    assertThat(
            project(
                    """
                    sources:
                      ordrs: {files: {path: a.csv, format: csv}}
                      orders:
                        files: {connection: landng, path: ../a.csv, format: csv, encoding: utf-9}
                      order_log: {files: {pth: a.csv, format: csv}}
                    """)
                .problems("dev", List.of(), Map.of()))
        .containsExactlyInAnyOrder(
            "env/dev.yaml:2:3: sources.ordrs: there is no dataset 'ordrs'; did you mean 'orders'?",
            "env/dev.yaml:4:13: sources.orders.files.connection: assay.yaml has no connection"
                + " 'landng'; did you mean 'landing'?",
            "env/dev.yaml:4:33: sources.orders.files.path: must be a path below its root, without"
                + " '..'",
            "env/dev.yaml:4:62: sources.orders.files.encoding: unknown character set 'utf-9'",
            "env/dev.yaml:5:23: sources.order_log.files.pth: unknown key 'pth'; did you mean"
                + " 'path'?");
    assertThat(
            project("sources: {orders: {kafka: {connection: events}}, order_log: [files]}\n")
                .problems("dev", List.of("sources.orders.kafka.connection=landing"), Map.of()))
        .containsExactlyInAnyOrder(
            "env/dev.yaml:1:61: sources.order_log: expected one of the keys files, kafka, jdbc, http,"
                + " table, found a list",
            "--set sources.orders.kafka.connection: sources.orders.kafka: expected exactly one of the keys topic,"
                + " topics, pattern, found none",
            "--set sources.orders.kafka.connection: sources.orders.kafka.connection: connection"
                + " 'landing' is of kind store; kafka needs one of kind kafka");
  }

  @Test
  void thePipelinesOwnSourceIsReadInEveryEnvironment() {
    ProjectFolder files = project("sources: {orders: {files: {path: a.csv, format: csv}}}\n");
    files.replace("datasets/sales/orders/pipeline.yaml", "topic: orders", "topik: orders");

    assertThat(files.problems("dev", List.of(), Map.of()))
        .singleElement()
        .asString()
        .contains("datasets/sales/orders/pipeline.yaml:2:31: source.kafka.topik: unknown key");
  }
}
