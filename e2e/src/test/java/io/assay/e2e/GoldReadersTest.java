package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.app.demo.Demo;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.config.Mart;
import io.assay.config.Project;
import io.assay.contract.ContractColumn;
import io.assay.job.JobContext;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads the gold tables of the demo with other engines: every one by the snippets of the
 * documentation, and what analysts ask by the notebooks.
 */
@Tag("all")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldReadersTest {
  private static final DocumentedFiles PAGE = new DocumentedFiles("how-to/ask-gold.md");

  private static final String CHECK =
      """
      import json, sys
      from decimal import Decimal
      from deltalake import DeltaTable
      tables, *readers = sys.argv[1:]
      checks = 0
      for name, expected in json.load(open(tables)).items():
          table = DeltaTable(expected["path"])
          fields = json.loads(table.schema().to_json())["fields"]
          found = {
              "reader": table.protocol().min_reader_version,
              "comment": table.metadata().description,
              "comments": {
                  f["name"]: f["metadata"].get("comment")
                  for f in fields
                  if not f["name"].startswith("_")
              },
          }
          for what, value in found.items():
              checks += 1
              if value != expected[what]:
                  print(f"{name}: {what} is {value}, not {expected[what]}")
          for reader in readers:
              names = {"path": expected["path"]}
              exec(open(reader).read(), names)
              rows = names["rows"]
              sums = {"*": str(rows.num_rows)}
              for column in expected["sums"]:
                  if column != "*":
                      values = [v for v in rows.column(column).to_pylist() if v is not None]
                      sums[column] = str(sum((Decimal(str(v)) for v in values), Decimal(0)))
              for column, value in expected["sums"].items():
                  checks += 1
                  close = abs(Decimal(sums[column]) - Decimal(value)) <= Decimal(expected["within"])
                  if not close:
                      print(f"{name}: {reader}: {column} sums to {sums[column]}, not {value}")
      print(f"{checks} checks")
      """;

  @TempDir static Path temporary;

  private Project project;

  @Test
  void deltaRsAndDuckDbAndPolarsReadEveryGoldTableAsSparkDoes() throws Exception {
    Map<String, Object> tables = new LinkedHashMap<>();
    for (Mart mart : project.marts().values()) {
      tables.put(TableName.gold(mart.name()).toString(), expected(project, mart));
    }
    assertThat(tables).hasSizeGreaterThan(4);
    Path expected = temporary.resolve("expected.json");
    new ObjectMapper().writeValue(expected.toFile(), tables);
    List<String> command = new ArrayList<>(List.of("-c", CHECK, expected.toString()));
    for (String reader : List.of("read_delta_rs.py", "read_duckdb.py", "read_polars.py")) {
      Path file = temporary.resolve(reader);
      Files.writeString(file, PAGE.text(reader));
      command.add(file.toString());
    }

    String said = AnalystsPython.installed().run(command);

    assertThat(said.lines()).singleElement().asString().matches("\\d{2,} checks");
  }

  @Test
  void theNotebookOnSalesSaysWhatTheMartsHold() throws Exception {
    ExecutedNotebook notebook = executed("sales_and_cohorts");

    notebook.assertDrawn(4);
    String buyers =
        "SELECT DISTINCT customer_id, order_date FROM orders WHERE status <> 'cancelled'";
    assertThat(notebook.figures())
        .containsEntry("orders", one("SELECT count(*) FROM orders WHERE status <> 'cancelled'"))
        .containsEntry("revenue", one("SELECT sum(revenue) FROM days"))
        .containsEntry("profit", one("SELECT sum(net_revenue - cost) FROM days"))
        .containsEntry(
            "orders by the hour", one("SELECT count(*) FROM orders WHERE status <> 'cancelled'"))
        .containsEntry("registered", one("SELECT count(DISTINCT customer_id) FROM versions"))
        .containsEntry("buyers", one("SELECT count(DISTINCT customer_id) FROM (" + buyers + ")"))
        .containsEntry(
            "came back the next day",
            one(
                "SELECT count(*) FROM (SELECT customer_id, min(order_date) AS first FROM ("
                    + buyers
                    + ") GROUP BY 1) f JOIN ("
                    + buyers
                    + ") b ON b.customer_id = f.customer_id AND b.order_date = f.first + 1"));
  }

  @Test
  void theNotebookOnCustomersJoinsAsTheMartDoesAndSaysWhatTheWrongJoinWouldMisplace()
      throws Exception {
    ExecutedNotebook notebook = executed("customer_history");

    notebook.assertDrawn(3);
    String misplaced =
        " FROM orders LEFT JOIN (SELECT * FROM versions WHERE is_current) c USING (customer_id)"
            + " WHERE status <> 'cancelled' AND orders.city <> coalesce(c.city, 'unknown')";
    assertThat(notebook.figures())
        .containsEntry("versions", one("SELECT count(*) FROM versions"))
        .containsEntry(
            "customers at the end of the first day",
            one(
                "SELECT count(*) FROM versions WHERE valid_from < '2026-06-01T23:00:00Z' AND"
                    + " coalesce(valid_to >= '2026-06-01T23:00:00Z', true)"))
        .containsEntry(
            "customers at the end of the last day",
            one("SELECT count(*) FROM versions WHERE is_current"))
        .containsEntry(
            "left",
            one(
                "SELECT count(*) FROM (SELECT customer_id FROM versions GROUP BY 1 HAVING NOT"
                    + " bool_or(is_current))"))
        .containsEntry("orders", one("SELECT count(*) FROM orders WHERE status <> 'cancelled'"))
        .containsEntry("orders in another city than the mart says", "0")
        .containsEntry(
            "orders that today's customers would misplace", one("SELECT count(*)" + misplaced))
        .containsEntry("revenue that they would misplace", one("SELECT sum(amount)" + misplaced));
  }

  @Test
  void theNotebookOnQualityCountsWhatLiesInQuarantine() throws Exception {
    ExecutedNotebook notebook = executed("quality_and_quarantine");
    TableCatalog catalog = new TableCatalog(TestSpark.session(), project.warehouse());
    long quarantined = 0;
    for (String dataset : project.datasets().keySet()) {
      if (catalog.state(TableName.quarantine(dataset)).exists()) {
        quarantined += catalog.read(TableName.quarantine(dataset)).count();
      }
    }

    notebook.assertDrawn(4);
    assertThat(quarantined).isGreaterThan(100);
    assertThat(notebook.figures())
        .containsEntry("batches that do not balance", "0")
        .containsEntry("quarantined", String.valueOf(quarantined))
        .containsEntry("held runs", "1")
        .containsEntry("orders that do not add up", one("SELECT count(*) FROM differences"));
  }

  /** A notebook, executed on the demo's tables. */
  private ExecutedNotebook executed(String name) throws Exception {
    return AnalystsPython.installed()
        .execute(name, "SHOP_WAREHOUSE", Path.of(project.warehouse().root().toUri()));
  }

  /** The one value of a query on the demo's tables. */
  private static String one(String query) {
    return String.valueOf(TestSpark.session().sql(query).collectAsList().get(0).get(0));
  }

  /** The demo in a copy of this installation. */
  @BeforeAll
  void tell() throws Exception {
    FileUtils.copyDirectory(
        Installation.root().resolve("conf").toFile(), temporary.resolve("conf").toFile());
    PrintStream nobody = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Demo demo = new Demo(temporary, Map.of("ASSAY_WAREHOUSE", "/nowhere"), nobody);
    demo.tell(
        new JobContext(
            TestSpark.session(),
            demo.project(),
            Clock.systemUTC(),
            "readers-test",
            CommitSeam.DIRECT,
            Decision.NONE));
    project = demo.project();
    TableCatalog catalog = new TableCatalog(TestSpark.session(), project.warehouse());
    Map.of(
            "orders", "fct_orders",
            "days", "daily_sales",
            "versions", "dim_customers",
            "differences", "payment_reconciliation")
        .forEach((view, mart) -> catalog.read(TableName.gold(mart)).createOrReplaceTempView(view));
  }

  private static Map<String, Object> expected(Project project, Mart mart) {
    TableName table = TableName.gold(mart.name());
    Map<String, String> comments = new LinkedHashMap<>();
    for (ContractColumn column : mart.contract().columns()) {
      comments.put(column.name(), column.description().orElse(null));
    }
    Dataset<Row> rows = new TableCatalog(TestSpark.session(), project.warehouse()).read(table);
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("path", Path.of(project.warehouse().path(table).toUri()).toString());
    expected.put("reader", 1);
    expected.put("comment", mart.contract().description().orElse(null));
    expected.put("comments", comments);
    expected.put("sums", sums(rows));
    expected.put("within", "0.000001");
    return expected;
  }

  /** The number of rows, by a star, and the sum of every column of numbers. */
  private static Map<String, String> sums(Dataset<Row> rows) {
    Map<String, String> sums = new LinkedHashMap<>();
    List<Row> all = rows.collectAsList();
    sums.put("*", String.valueOf(all.size()));
    for (StructField field : rows.schema().fields()) {
      if (field.dataType() instanceof NumericType) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Row row : all) {
          Object value = row.getAs(field.name());
          sum = value == null ? sum : sum.add(new BigDecimal(value.toString()));
        }
        sums.put(field.name(), sum.toPlainString());
      }
    }
    return sums;
  }
}
