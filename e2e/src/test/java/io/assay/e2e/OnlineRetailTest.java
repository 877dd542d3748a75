package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.job.JobReport;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example on real invoices: all days but the last, then the last, then nothing new. What must
 * come out was counted by a script that knows nothing of Assay.
 */
@Tag("all")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OnlineRetailTest {
  private static final SparkSession SPARK = TestSpark.compiling();
  private static final Path EXAMPLE =
      Path.of(System.getProperty("assay.root"), "examples/online-retail");

  @TempDir static Path folder;

  private OnlineRetail retail;
  private ProjectRun run;
  private Map<TableName, Long> commitsBefore;
  private List<Row> salesBefore;

  @BeforeAll
  void runAllDaysButTheLastThenTheLast() throws IOException {
    retail = OnlineRetail.orAbort();
    Path landing = Files.createDirectories(folder.resolve("landing"));
    List<Path> days = retail.days();
    for (Path day : days.subList(0, days.size() - 1)) {
      Files.copy(day, landing.resolve(day.getFileName()));
    }
    Project project =
        ProjectRun.project(
            EXAMPLE, folder.resolve("warehouse"), Map.of("RETAIL_DATA", landing.toString()));
    run = new ProjectRun(SPARK, project);
    assertAll(run.run(), Outcome.SUCCEEDED);
    commitsBefore = run.versions();
    salesBefore = run.read(TableName.gold("daily_sales")).collectAsList();
    Path last = days.get(days.size() - 1);
    Files.copy(last, landing.resolve(last.getFileName()));
    assertAll(run.run(), Outcome.SUCCEEDED);
  }

  @Test
  @Order(1)
  void theTotalsAreThoseThatAScriptCountsInTheFiles() throws IOException {
    JsonNode counted = new ObjectMapper().readTree(retail.counted(EXAMPLE));
    run.read(TableName.silver("invoice_lines")).createOrReplaceTempView("retail_lines");
    run.read(TableName.gold("daily_sales")).createOrReplaceTempView("retail_sales");

    Row lines =
        one(
            "SELECT count(*), count_if(is_repeat), count_if(is_cancellation),"
                + " count_if(customer_id IS NULL), sum(quantity * unit_price) FROM retail_lines");
    Row sales = one("SELECT sum(lines), sum(revenue) FROM retail_sales");

    assertThat(run.read(TableName.bronze("invoice_lines")).count()).isEqualTo(320_705);
    assertThat(lines.getLong(0)).isEqualTo(320_705).isEqualTo(counted.get("lines").asLong());
    assertThat(lines.getLong(1)).isEqualTo(2_483).isEqualTo(counted.get("repeats").asLong());
    assertThat(lines.getLong(2)).isEqualTo(5_847).isEqualTo(counted.get("cancellations").asLong());
    assertThat(lines.getLong(3))
        .isEqualTo(88_652)
        .isEqualTo(counted.get("without_customer").asLong());
    assertThat(lines.getDecimal(4))
        .isEqualByComparingTo("5761931.382")
        .isEqualByComparingTo(counted.get("gross").asText());
    assertThat(sales.getLong(0)).isEqualTo(226_467).isEqualTo(counted.get("clean_lines").asLong());
    assertThat(sales.getDecimal(1))
        .isEqualByComparingTo("5239240.562")
        .isEqualByComparingTo(counted.get("clean_gross").asText());
    assertThat(run.read(TableName.silver("customers")).count())
        .isEqualTo(counted.get("customers").asLong());
    assertThat(run.read(TableName.history("customers")).count())
        .isEqualTo(counted.get("versions").asLong());
  }

  @Test
  @Order(2)
  void everyLineIsInSilverOrInQuarantineOnce() {
    long quarantined = run.count(TableName.quarantine("invoice_lines"));

    Dataset<Row> silver = run.stored(TableName.silver("invoice_lines"));

    assertThat(run.discrepancies()).isEmpty();
    assertThat(silver.count() + quarantined).isEqualTo(320_705);
    assertThat(silver.select("_source.origin", "_source.position").distinct().count())
        .isEqualTo(silver.count());
  }

  @Test
  @Order(3)
  void theMartsAddUpToTheSameMoney() {
    BigDecimal byCountry = sum(TableName.gold("sales_by_country"), "revenue");
    BigDecimal byDay = sum(TableName.gold("daily_sales"), "revenue");

    assertThat(byCountry).isEqualByComparingTo(byDay);
    assertThat(sum(TableName.gold("customer_months"), "revenue")).isEqualByComparingTo(byDay);
    assertThat(run.count(TableName.gold("top_products"))).isEqualTo(100);
    assertThat(run.count(TableName.gold("returns"))).isPositive();
  }

  @Test
  @Order(4)
  void addingOneDaysFileMovesOnlyThatDay() {
    Map<TableName, Long> commits = run.versions();
    for (String table : List.of("bronze.invoice_lines", "silver.invoice_lines")) {
      TableName name = TableName.of(table);
      assertThat(commits.get(name)).as(table).isEqualTo(commitsBefore.get(name) + 1);
      List<String> origins =
          run.addedSince(name, commitsBefore.get(name))
              .select("_source.origin")
              .distinct()
              .as(org.apache.spark.sql.Encoders.STRING())
              .collectAsList();
      assertThat(origins).as(table).singleElement().asString().endsWith("2011-08-31.csv");
    }
    List<Row> sales = run.read(TableName.gold("daily_sales")).collectAsList();
    assertThat(sales).containsAll(salesBefore).hasSize(salesBefore.size() + 1);
    assertThat(sales.stream().filter(row -> !salesBefore.contains(row)))
        .singleElement()
        .satisfies(row -> assertThat(row.getDate(0)).hasToString("2011-08-31"));
  }

  @Test
  @Order(5)
  void runningAgainCommitsNothing() {
    Map<TableName, Long> commits = run.versions();

    assertAll(run.run(), Outcome.UNCHANGED);

    assertThat(run.versions()).isEqualTo(commits);
  }

  @Test
  @Order(6)
  void theNotebookSaysWhatTheMartsHold() throws Exception {
    ExecutedNotebook notebook =
        AnalystsPython.installed()
            .execute("online_retail", "RETAIL_WAREHOUSE", folder.resolve("warehouse"));
    run.read(TableName.gold("customer_months")).createOrReplaceTempView("retail_months");

    notebook.assertDrawn(5);
    assertThat(notebook.figures())
        .containsEntry("revenue by week", "5239240.562")
        .containsEntry("revenue by cohort", "5239240.562")
        .containsEntry("revenue by country", "5239240.562")
        .containsEntry("months", "9")
        .containsEntry(
            "customers",
            one("SELECT count(DISTINCT customer_id) FROM retail_months").get(0).toString())
        .containsEntry(
            "bought again the month after",
            one("SELECT count(*) FROM retail_months AS later JOIN (SELECT customer_id,"
                    + " min(sales_month) AS month FROM retail_months GROUP BY 1) AS earlier ON"
                    + " later.customer_id = earlier.customer_id AND later.sales_month ="
                    + " add_months(earlier.month, 1)")
                .get(0)
                .toString());
  }

  private static void assertAll(List<JobReport> reports, Outcome outcome) {
    Map<TableName, BatchResult> results =
        reports.stream()
            .map(JobReport::result)
            .collect(Collectors.toMap(BatchResult::table, Function.identity()));
    assertThat(results).isNotEmpty();
    results.forEach(
        (table, result) -> {
          assertThat(result.outcome()).as(table + ": " + result).isEqualTo(outcome);
          assertThat(result.account().balanced()).as(table + ": " + result.account()).isTrue();
        });
  }

  private BigDecimal sum(TableName table, String column) {
    return run.read(table)
        .agg(org.apache.spark.sql.functions.sum(column))
        .collectAsList()
        .get(0)
        .getDecimal(0);
  }

  private static Row one(String query) {
    return SPARK.sql(query).collectAsList().get(0);
  }
}
