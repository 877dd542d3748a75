package io.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.error.AssayException;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectLoaderTest {
  @TempDir Path folder;

  @Test
  void aProjectIsLoadedWhole() {
    ProjectFolder files = ProjectFolder.sound(folder);
    files.write("functions/net.sql", "-- Without tax.\nnet(gross) = gross / 1.2\n");

    Project project = files.load();

    assertThat(project.datasets()).containsOnlyKeys("order_log", "orders");
    assertThat(project.marts().get("order_counts").inputs())
        .containsExactly(TableName.silver("orders"));
    assertThat(project.functions().get("net").parameters()).containsExactly("gross");
    assertThat(project.functions().get("net").expression()).isEqualTo("gross / 1.2");
    assertThat(project.warehouse().root()).hasToString("file:" + folder + "/tables");
    Dataset orders = project.datasets().get("orders");
    assertThat(orders.folder()).hasToString("file:" + folder + "/datasets/sales/orders");
    assertThat(orders.pipeline().history().keep()).isEqualTo(History.Keep.SCD2);
    assertThat(orders.contract().key()).extracting(column -> column.name()).containsExactly("id");
    assertThat(project.datasets().get("order_log").pipeline().source())
        .isEqualTo(new Source.Table(TableName.bronze("orders")));
  }

  @Test
  void anImportedTableIsReadWhereItLiesUnderItsNameHere() {
    ProjectFolder files = ProjectFolder.sound(folder);
    files.replace(
        "assay.yaml",
        "warehouse: tables",
        """
        imports:
          other:
            warehouse: /lake/other
            tables: {silver.people: silver.customers, bronze.raw: bronze.events, gold.days: gold.days}
            documents: [bronze.raw]""");
    files.write("env/prod.yaml", "imports: {other: {warehouse: s3a://lake/other}}\n");
    files.write("datasets/order_log/pipeline.yaml", "source: {table: bronze.raw}\n");
    files.write(
        "marts/order_counts/mart.sql",
        "SELECT id FROM silver.people, silver.people_history, gold.days, silver.orders\n");

    Project project = files.load();

    Warehouse warehouse = project.warehouse();
    assertThat(warehouse.path(TableName.silver("people")))
        .hasToString("file:/lake/other/silver/customers");
    assertThat(warehouse.path(TableName.history("people")))
        .hasToString("file:/lake/other/silver/customers_history");
    assertThat(warehouse.path(TableName.silver("orders")))
        .hasToString("file:" + folder + "/warehouse/silver/orders");
    Dataset log = project.datasets().get("order_log");
    assertThat(log.pipeline().source().payload(project)).isEqualTo(Payload.JSON);
    assertThat(files.load("prod", List.of(), Map.of()).warehouse().path(TableName.gold("days")))
        .hasToString("s3a://lake/other/gold/days");
  }

  @Test
  void eachLayerOfSettingsWinsOverTheOneBelow() {
    ProjectFolder files = ProjectFolder.sound(folder);
    assertThat(files.load().settings().gate()).isEqualTo(Gate.DEFAULT);

    files.replace(
        "assay.yaml",
        "warehouse: tables",
        "warehouse: tables\ngate: {quarantined: 20%}\nbatch: {rows: 5, files: 7}");
    assertThat(files.load().settings().gate()).isEqualTo(new Gate(20));

    files.write(
        "env/prod.yaml",
        """
        gate: {quarantined: 30%}
        batch: {rows: 6}
        connections: {archive: {store: {root: /archive}}}
        """);
    Project prod = files.load("prod", List.of(), Map.of());
    assertThat(prod.settings().gate()).isEqualTo(new Gate(30));
    assertThat(prod.settings().batch()).isEqualTo(new BatchLimits(6, 7));
    assertThat(prod.settings().connections()).containsOnlyKeys("landing", "archive");

    Project set =
        files.load(
            "prod",
            List.of("gate.quarantined=40%", "spark.spark.sql.shuffle.partitions=3"),
            Map.of("ASSAY_WAREHOUSE", "/elsewhere"));
    assertThat(set.settings().gate()).isEqualTo(new Gate(40));
    assertThat(set.settings().spark()).containsEntry("spark.sql.shuffle.partitions", "3");
    assertThat(set.warehouse().root()).hasToString("file:/elsewhere");
    assertThat(
            files
                .load("", List.of("warehouse=third"), Map.of("ASSAY_WAREHOUSE", "/elsewhere"))
                .warehouse()
                .root())
        .hasToString("file:" + folder + "/third");
  }

  @Test
  void aDatasetTakesGateAndLimitsFromTheProjectUnlessItHasItsOwn() {
    ProjectFolder files = ProjectFolder.sound(folder);
    files.write(
        "datasets/order_log/pipeline.yaml", "source: {table: bronze.orders}\nbatch: {rows: 9}\n");

    Project project = files.load("", List.of("batch.files=3", "gate.quarantined=1%"), Map.of());

    DatasetPipeline pipeline = project.datasets().get("order_log").pipeline();
    assertThat(pipeline.batch()).isEqualTo(new BatchLimits(9, 3));
    assertThat(pipeline.gate()).isEqualTo(new Gate(1));
  }

  @Test
  void aZipIsReadAsTheFolderInIt() throws IOException {
    ProjectFolder.sound(folder.resolve("shop"));
    Path zip = folder.resolve("project.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
        Stream<Path> files = Files.walk(folder.resolve("shop"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
      }
    }

    Project project =
        ProjectLoader.load(ProjectLocation.of(zip.toString()), "", List.of(), Map.of());

    assertThat(project.datasets()).containsOnlyKeys("order_log", "orders");
    assertThat(project.warehouse().root()).hasToString("file:" + folder + "/tables");
  }

  @Test
  void aProjectThatIsNotThereIsSaidToBeMissing() {
    assertThatThrownBy(
            () ->
                ProjectLoader.load(
                    ProjectLocation.of(folder.resolve("none").toString()), "", List.of(), Map.of()))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("there is no project folder");
  }

  @Test
  void secretsAreResolvedAndNeverShown() throws IOException {
    Path secret = Files.writeString(folder.resolve("key.txt"), "s3cret-from-file\n");
    ProjectFolder files = ProjectFolder.sound(folder.resolve("shop"));
    files.replace(
        "assay.yaml",
        "      root: /data/landing",
        """
              root: ${env:ROOT}
              options:
                fs.s3a.access.key: ${env:ACCESS}
                fs.s3a.secret.key: ${file:%s}
                fs.s3a.endpoint: http://localhost:1
        spark:
          spark.hadoop.x.password: plain-s3cret
        """
            .formatted(secret)
            .stripTrailing());
    Map<String, String> environment =
        Map.of("ROOT", "s3a://user:s3cret-in-root@bucket/in", "ACCESS", "s3cret-from-env");

    Project project = files.load("", List.of(), environment);
    Connection.Store store = (Connection.Store) project.settings().connections().get("landing");
    assertThat(store.options())
        .containsEntry("fs.s3a.access.key", "s3cret-from-env")
        .containsEntry("fs.s3a.secret.key", "s3cret-from-file");
    assertThat(project.toString()).doesNotContain("s3cret");

    String report = ConfigurationReport.of(files.location(), "", List.of(), environment);
    assertThat(report).doesNotContain("s3cret").contains("(redacted)", "http://localhost:1");

    files.replace("assay.yaml", "root: ${env:ROOT}", "root: [\"${env:ROOT}\"]");
    files.write("env/bad.yaml", "connections: {landing: {store: \"${env:ACCESS}\"}}\n");
    assertThat(files.problems("bad", List.of(), environment))
        .singleElement()
        .asString()
        .contains("env/bad.yaml:1:32")
        .doesNotContain("s3cret");
  }

  @Test
  void theReportTellsWhereEachValueComesFrom() {
    ProjectFolder files = ProjectFolder.sound(folder);
    files.write("env/prod.yaml", "business_zone: Europe/London\n");

    String report =
        ConfigurationReport.of(files.location(), "prod", List.of("gate.quarantined=5%"), Map.of());

    assertThat(report)
        .contains(
            "  project: shop  # assay.yaml:1\n",
            "  business_zone: Europe/London  # env/prod.yaml:1\n",
            "    quarantined: \"5%\"  # --set gate.quarantined\n",
            "    rows: 10000000  # default\n",
            "        root: \"/data/landing\"  # assay.yaml:6\n",
            "  orders:\n",
            "      keep: scd2  # datasets/sales/orders/pipeline.yaml:10\n",
            "      sequence: [updated_at]  # datasets/sales/orders/pipeline.yaml:11\n");
  }
}
