package io.assay.e2e;

import static io.assay.e2e.ProjectRun.assertSucceeded;
import static io.assay.e2e.ProjectRun.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.operate.TableProof;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.table.TableName;
import io.assay.testing.PostgresServer;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a database through a whole project. */
class JdbcFeedTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final TableName ORDERS = TableName.silver("orders");
  private static final TableName STOCK = TableName.silver("stock");
  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: feeds.NAME
      name: NAME
      version: 1.0.0
      status: active
      schema:
        - name: NAME
          logicalType: object
          physicalType: table
          properties:
            - {name: id, logicalType: integer, physicalType: int, required: true, primaryKey: true, primaryKeyPosition: 1, description: It.}
            - {name: amount, logicalType: number, physicalType: 'decimal(10,2)', description: It.}
      """;

  @TempDir Path folder;

  @Test
  void changesBecomeVersionsAndWhatASnapshotLacksIsClosed() throws Exception {
    files()
        .write(
            "assay.yaml",
            """
        project: feeds
        connections:
          shop: {jdbc: {url: "${env:URL}", user: assay, password: "${env:PASSWORD}"}}
        gate: {quarantined: 100}
        """);
    files()
        .write(
            "datasets/orders/pipeline.yaml",
            """
        source:
          jdbc:
            connection: shop
            table: public.orders
            watermark: {column: updated_at, overlap: PT10M}
            key: [id]
        timezone: Europe/London
        history: {keep: scd2, sequence: [updated_at]}
        """);
    files()
        .write(
            "datasets/orders/contract.odcs.yaml",
            CONTRACT.replace("NAME", "orders")
                + "      - {name: updated_at, logicalType: timestamp, physicalType: timestamp, required: true, description: It.}\n");
    files()
        .write(
            "datasets/stock/pipeline.yaml",
            """
        source: {jdbc: {connection: shop, query: "SELECT id, amount FROM stock", every: PT0.001S}}
        format: snapshot
        history: {keep: scd2}
        """);
    files().write("datasets/stock/contract.odcs.yaml", CONTRACT.replace("NAME", "stock"));
    try (PostgresServer server = PostgresServer.start(folder.resolve("server"))) {
      server.create("shop");
      server.execute(
          "shop",
          "CREATE TABLE orders (id int, amount numeric(10,2), updated_at timestamp)",
          "INSERT INTO orders VALUES (1, 12.5, '2026-07-01 10:00:00.000001'),"
              + " (2, 'NaN', '2026-07-01 10:00'), (3, 7, '2026-07-01 10:00')",
          "CREATE TABLE stock AS SELECT i AS id, i * 1.5 AS amount FROM generate_series(1, 3) i");
      Project project =
          ProjectRun.project(
              folder.resolve("project"),
              folder.resolve("warehouse"),
              Map.of("URL", server.url("shop"), "PASSWORD", PostgresServer.PASSWORD));
      ProjectRun run = new ProjectRun(SPARK, project);
      assertSucceeded(run.run());
      server.execute(
          "shop",
          "UPDATE orders SET amount = amount + 1, updated_at = '2026-07-01 10:00:00.000002'"
              + " WHERE id = 1",
          "INSERT INTO orders VALUES (4, 1, '2026-07-01 09:59')",
          "DELETE FROM stock WHERE id = 2",
          "UPDATE stock SET amount = 9 WHERE id = 3");
      assertSucceeded(run.run());

      assertThat(
              lines(
                  run.read(TableName.history("orders")),
                  "id",
                  "amount",
                  "valid_from",
                  "is_current"))
          .containsExactly(
              "1 12.50 2026-07-01 09:00:00.000001 false",
              "1 13.50 2026-07-01 09:00:00.000002 true",
              "3 7.00 2026-07-01 09:00:00 true",
              "4 1.00 2026-07-01 08:59:00 true");
      assertThat(
              lines(
                  run.stored(TableName.quarantine("orders")),
                  "_source.origin",
                  "_source.key",
                  "rules[0]",
                  "get_json_object(raw, '$._problem')"))
          .containsExactly(
              "shop/public.orders 2 unreadable column amount: NaN does not fit DECIMAL(10,2)");
      assertThat(lines(run.read(STOCK), "id", "amount")).containsExactly("1 1.50", "3 9.00");
      assertThat(lines(run.read(TableName.history("stock")), "id", "amount", "is_current"))
          .containsExactly("1 1.50 true", "2 3.00 false", "3 4.50 false", "3 9.00 true");
      for (TableName table : List.of(ORDERS, STOCK)) {
        assertThat(new TableProof(SPARK, project).check(table)).isEmpty();
      }
      assertThat(run.run())
          .filteredOn(report -> report.result().table().name().equals("orders"))
          .allSatisfy(report -> assertThat(report.result().outcome()).isEqualTo(Outcome.UNCHANGED));
    }
  }

  private ProjectFiles files() {
    return new ProjectFiles(folder.resolve("project"));
  }
}
