package io.assay.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.operate.TableProof;
import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.silver.ReplayJob;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The demo, told once in a copy of this installation, and what it leaves behind. */
@Tag("all")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final List<ShopDay> DAYS = ShopGenerator.DEFAULT.days(3);

  @TempDir static Path installation;
  private static TableCatalog tables;
  private static String told;

  @BeforeAll
  static void tell() throws IOException {
    copy(Path.of(System.getProperty("assay.root"), "conf"), installation.resolve("conf"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Demo demo =
        new Demo(
            installation,
            Map.of("ASSAY_WAREHOUSE", "/nowhere"),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      demo.tell(
          new JobContext(
              SPARK,
              demo.project(),
              Clock.systemUTC(),
              "demo-test",
              CommitSeam.DIRECT,
              Decision.NONE));
    } finally {
      told = out.toString(StandardCharsets.UTF_8);
    }
    tables = new TableCatalog(SPARK, demo.project().warehouse());
  }

  @Test
  void goldSaysWhatTheGeneratorKnows() {
    ShopTruth truth = new ShopTruth(DAYS);

    Map<String, Object> revenue =
        pairs("gold.daily_sales", "CAST(order_date AS STRING)", "revenue");

    assertThat(revenue).hasSize(3);
    truth
        .sales()
        .forEach(day -> assertThat(revenue).containsEntry(day.date().toString(), day.revenue()));
    assertThat(pairs("gold.payment_reconciliation", "order_id", "difference"))
        .containsExactlyInAnyOrderEntriesOf(Map.copyOf(truth.paymentDifferences()));
    assertThat(tables.read(TableName.silver("customers")).count()).isEqualTo(truth.customers());
  }

  @Test
  void everyMartHasARowForEachOfWhatTheGeneratorKnows() {
    MartTruth truth = new MartTruth(DAYS);
    Map<String, Long> rows =
        Map.ofEntries(
            Map.entry("fct_orders", 900L),
            Map.entry("fct_order_items", truth.lines()),
            Map.entry("daily_sales", 3L),
            Map.entry("sales_nightly", 2L),
            Map.entry("sales_live", 3L),
            Map.entry("top_products", 20L),
            Map.entry(
                "payment_reconciliation", (long) new ShopTruth(DAYS).paymentDifferences().size()),
            Map.entry("dim_customers", new ShopTruth(DAYS).customerVersions()),
            Map.entry("dim_products", truth.products()),
            Map.entry("inventory_levels", (long) DAYS.get(2).stock().size()),
            Map.entry("customer_360", truth.worth().customers()),
            Map.entry(
                "product_recommendations",
                truth.recommendations().values().stream().mapToLong(List::size).sum()),
            Map.entry("sessions", truth.funnel().visits()),
            Map.entry("event_metrics_5m", (long) truth.clicks().windows().size()),
            Map.entry("fraud_alerts", (long) truth.alerts().size()),
            Map.entry("sensor_hourly", truth.hours().hours()));

    assertThat(rows.keySet())
        .isEqualTo(shop(DemoFolder.in(installation).warehouse()).marts().keySet());
    rows.forEach(
        (mart, expected) ->
            assertThat(tables.read(TableName.gold(mart)).count())
                .as(mart)
                .isPositive()
                .isEqualTo(expected));
  }

  @Test
  void thereIsSomethingToAlertOf() {
    assertThat(one("gold.inventory_levels", "count_if(needs_reorder)").getLong(0)).isPositive();
    assertThat(one("gold.fraud_alerts", "count_if(alert = 'velocity')").getLong(0)).isPositive();
    assertThat(one("gold.fraud_alerts", "count_if(alert = 'amount')").getLong(0)).isPositive();
  }

  @Test
  void linesAddUpToOrdersAndOrdersToDays() {
    BigDecimal lines =
        one("gold.fct_order_items", "sum(amount - unit_cost * quantity)").getDecimal(0);
    BigDecimal orders = one("gold.fct_orders", "sum(amount - cost)").getDecimal(0);
    BigDecimal sold =
        one("gold.fct_orders", "sum(CASE WHEN status <> 'cancelled' THEN profit END)")
            .getDecimal(0);

    assertThat(lines).isEqualByComparingTo(orders);
    assertThat(one("gold.daily_sales", "sum(profit)").getDecimal(0)).isEqualByComparingTo(sold);
    assertThat(one("gold.customer_360", "sum(lifetime_profit)").getDecimal(0))
        .isEqualByComparingTo(sold);
  }

  @Test
  void moneyInGoldIsTheMoneyInTheFilesToThePenny() {
    BigDecimal files =
        DAYS.stream()
            .flatMap(day -> day.items().stream())
            .map(OrderItem::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);

    Row row = one("gold.fct_orders", "sum(amount)");

    assertThat(row.getDecimal(0)).isEqualTo(files);
  }

  @Test
  void theLateRowIsAVersionBetweenTheOthers() {
    String customer = DAYS.get(2).lateChanges().get(0).id();

    List<Row> versions =
        tables
            .read(TableName.history("customers"))
            .where("customer_id = '" + customer + "'")
            .orderBy("valid_from")
            .collectAsList();

    assertThat(versions).hasSize(3);
    for (int version = 1; version < 3; version++) {
      assertThat((Object) versions.get(version).getAs("valid_from"))
          .isEqualTo(versions.get(version - 1).getAs("valid_to"));
    }
    assertThat((Object) versions.get(2).getAs("valid_to")).isNull();
  }

  @Test
  void theRejectedDeliveryLiesInQuarantineWhole() {
    long rejected =
        one("quarantine.payments", "count_if(array_contains(rules, 'rejected'))").getLong(0);

    assertThat(rejected).isEqualTo(DAYS.get(1).payments().size());
  }

  @Test
  void theStoryTellsHoldReasonAnswersAndAccounts() {
    assertThat(told)
        .contains("HELD", "average_amount_plausible", "Answers from gold", "balanced")
        .contains("What lies in quarantine", "ASSAY_WAREHOUSE=", "bin/assay status")
        .doesNotContain(" NO\n")
        .contains(
            "All %d marts are what their queries give, to the last row."
                .formatted(shop(DemoFolder.in(installation).warehouse()).marts().size()))
        .containsPattern("gold.daily_sales +3 +0 +0 +0")
        .containsPattern("The demo took .*; with downloads and build, ");
    assertThat(told.lines().filter(line -> !line.contains("ASSAY_WAREHOUSE")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
  }

  /** Last, since it corrects the project and takes rows from quarantine. */
  @Test
  @Order(Integer.MAX_VALUE)
  void afterRulesAreCorrectedAndQuarantineIsReplayedAllIsAsIfTheyHadBeenRightFromTheStart()
      throws IOException {
    assertNoDiscrepancy(shop(DemoFolder.in(installation).warehouse()));
    new CorrectedShop(installation.resolve("conf")).write();
    Project replayed = shop(DemoFolder.in(installation).warehouse());
    for (Dataset dataset : replayed.datasets().values()) {
      BatchResult result =
          JobReport.of(new ReplayJob(dataset, Filter.ALL), context(replayed)).result();
      assertThat(result.account().applied() + result.account().superseded())
          .as(result.toString())
          .isPositive();
    }
    new DemoRun(context(replayed), line -> {}).run(Decision.NONE);
    assertNoDiscrepancy(replayed);

    // What was rejected stays so: the other project never gets that file.
    Path day = DemoFolder.in(installation).landing().resolve(DAYS.get(1).date().toString());
    Files.delete(day.resolve("payments.jsonl.gz"));
    Project fresh = shop(installation.resolve("fresh"));
    new DemoRun(context(fresh), line -> {}).run(Decision.NONE);

    ProjectRows expected = new ProjectRows(SPARK, fresh);
    ProjectRows found = new ProjectRows(SPARK, replayed);
    for (TableName table : expected.tables()) {
      assertThat(found.of(table)).as(table.toString()).isNotEmpty().isEqualTo(expected.of(table));
    }
    // Windows that were closed stay as they were told: what came back is kept beside them.
    assertThat(found.of(TableName.late("event_metrics_5m"))).isNotEmpty();
  }

  private static Project shop(Path warehouse) {
    return ProjectLoader.load(
        ProjectLocation.of(installation.resolve("conf").toString()),
        Demo.ENVIRONMENT,
        List.of(
            "warehouse=" + warehouse,
            "connections.landing.store.root=" + DemoFolder.in(installation).landing()),
        Map.of());
  }

  private static JobContext context(Project project) {
    return new JobContext(
        SPARK, project, Clock.systemUTC(), "demo-test", CommitSeam.DIRECT, Decision.NONE);
  }

  private static void assertNoDiscrepancy(Project project) {
    TableProof proof = new TableProof(SPARK, project);
    project
        .datasets()
        .keySet()
        .forEach(
            name -> {
              assertThat(proof.check(TableName.bronze(name))).isEmpty();
              assertThat(proof.check(TableName.silver(name))).isEmpty();
            });
    project
        .marts()
        .keySet()
        .forEach(name -> assertThat(proof.check(TableName.gold(name))).isEmpty());
  }

  private static Map<String, Object> pairs(String table, String key, String value) {
    return tables.read(TableName.of(table)).selectExpr(key, value).collectAsList().stream()
        .collect(java.util.stream.Collectors.toMap(row -> row.getString(0), row -> row.get(1)));
  }

  private static Row one(String table, String expression) {
    return tables.read(TableName.of(table)).selectExpr(expression).collectAsList().get(0);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
