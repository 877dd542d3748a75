package io.assay.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcCheckTest {
  private static final String ORDERS = "datasets/sales/orders/pipeline.yaml";
  private static final Map<String, String> ENVIRONMENT = Map.of("PASSWORD", "s3cret");
  private static final String SETTINGS =
      """
      project: shop
      connections:
        landing: {store: {root: /data}}
        shop:
          jdbc:
            url: jdbc:postgresql://db.example.com/shop
            user: assay
            password: ${env:PASSWORD}
            options: {sslpassword: plain-s3cret}
      """;

  @TempDir Path folder;

  private ProjectFolder project(String settings, String pipeline) {
    ProjectFolder project = ProjectFolder.sound(folder);
    project.write("assay.yaml", settings);
    project.write(ORDERS, pipeline);
    return project;
  }

  private List<String> problems(String pipeline) {
    return project(SETTINGS, pipeline).problems("", List.of(), ENVIRONMENT);
  }

  @Test
  void aSourceInADatabaseIsReadWithItsDefaultsAndShowsNoSecret() {
    ProjectFolder files =
        project(
            SETTINGS,
            """
            source:
              jdbc:
                connection: shop
                table: public.orders
                watermark: {column: id, overlap: 1000}
                key: [id]
            """);

    Project project = files.load("", List.of(), ENVIRONMENT);

    Source.Jdbc source = (Source.Jdbc) project.datasets().get("orders").pipeline().source();
    assertThat(source.watermark().orElseThrow().overlap().number()).contains(1000L);
    assertThat(source.fetchSize()).isEqualTo(5000);
    Connection.Jdbc shop = (Connection.Jdbc) project.settings().connections().get("shop");
    assertThat(shop.patience()).isEqualTo(Duration.ofMinutes(1));
    assertThat(shop.password()).contains("s3cret");
    assertThat(project.toString()).doesNotContain("s3cret");
    assertThat(ConfigurationReport.of(files.location(), "", List.of(), ENVIRONMENT))
        .doesNotContain("s3cret");
  }

  @Test
  void aSnapshotOfATableTellsItsTimeByItself() {
    Project project =
        project(
                SETTINGS,
                """
                source: {jdbc: {connection: shop, table: stock, every: PT6H}}
                format: snapshot
                history: {keep: scd2}
                """)
            .load("", List.of(), ENVIRONMENT);

    DatasetPipeline pipeline = project.datasets().get("orders").pipeline();
    assertThat(pipeline.history().sequence()).containsExactly(Snapshot.TAKEN_AT);
    assertThat(pipeline.snapshot().flatMap(Snapshot::takenAt))
        .isEqualTo(Optional.of("regexp_extract(_source.origin, '@([^@]+)$', 1)"));
  }

  @Test
  void everyMistakeIsSaid() {
    assertThat(
            problems(
                """
                source:
                  jdbc:
                    connection: landing
                    table: a..b
                    query: SELECT 1
                    watermark: {column: id, overlap: -5}
                    every: P1D
                    fetch_size: 0
                """))
        .containsExactly(
            "datasets/sales/orders/pipeline.yaml:2:3: source.jdbc: expected exactly one of the keys"
                + " table, query, found table, query",
            "datasets/sales/orders/pipeline.yaml:2:3: source.jdbc.key: is needed with a watermark:"
                + " it tells the rows of the overlap that have landed before",
            "datasets/sales/orders/pipeline.yaml:3:5: source.jdbc.connection: connection 'landing'"
                + " is of kind store; jdbc needs one of kind jdbc",
            "datasets/sales/orders/pipeline.yaml:4:5: source.jdbc.table: must be a table's name"
                + " such as public.orders",
            "datasets/sales/orders/pipeline.yaml:6:38: source.jdbc.watermark.overlap: expected a"
                + " duration in days or less, such as PT10M, or a whole number, found '-5'",
            "datasets/sales/orders/pipeline.yaml:7:5: source.jdbc.every: is for snapshots: with a"
                + " watermark every run takes what is new",
            "datasets/sales/orders/pipeline.yaml:8:5: source.jdbc.fetch_size: must be at least 1");
    assertThat(
            problems(
                """
                source:
                  jdbc: {connection: shop, table: t, watermark: {column: id, overlap: PT1M}, key: [id]}
                format: snapshot
                history: {keep: scd2}
                """))
        .singleElement()
        .asString()
        .contains("a watermark reads what changed: remove it, or the format");
    assertThat(
            project(
                    """
                    project: shop
                    connections:
                      a: {jdbc: {url: "jdbc:oracle:thin:@db"}}
                      b: {jdbc: {url: "jdbc:mariadb://db/shop?password=x", options: {user: u}}}
                    """,
                    "source: {jdbc: {connection: a, table: t}}")
                .problems("", List.of(), ENVIRONMENT))
        .containsExactly(
            "assay.yaml:3:14: connections.a.jdbc.url: must be jdbc:postgresql://HOST/DATABASE or"
                + " jdbc:mariadb://HOST/DATABASE",
            "assay.yaml:4:14: connections.b.jdbc.url: must hold no secret: who asks is said by user"
                + " and password",
            "assay.yaml:4:66: connections.b.jdbc.options.user: cannot be set: Assay sets it itself,"
                + " by user and password or so that no value is changed; remove it");
  }
}
