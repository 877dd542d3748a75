package io.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Mart;
import io.assay.contract.BatchRule;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.Contract;
import io.assay.contract.OnFailure;
import io.assay.contract.RowRule;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.ops.AccountProof;
import io.assay.quality.measure.Measure;
import io.assay.sql.SqlFunction;
import io.assay.table.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MartJobTest {
  private static final TableName ORDERS = TableName.silver("orders");
  private static final TableName CUSTOMERS = TableName.history("customers");
  private static final TableName MART = TableName.gold("customer_sales");
  private static final String ORDER =
      "SELECT id, customer, cast(amount AS DECIMAL(12,2)) AS amount FROM ";
  @TempDir Path folder;

  private static final String SQL =
      """
      WITH paid AS (SELECT * FROM silver.orders WHERE amount > 0),
        sums AS (
          SELECT c.id AS customer, c.city, sum(net(paid.amount)) AS net, count(*) AS orders,
            max(earlier.id) AS earlier
          FROM paid
          JOIN silver.customers c ON c.id = paid.customer
          LEFT JOIN silver.orders earlier
            ON earlier.customer = paid.customer AND earlier.id < paid.id
          GROUP BY c.id, c.city)
      SELECT *,
        (SELECT count(*) FROM silver.customers_history h WHERE h.id = sums.customer) AS versions
      FROM sums
      """;

  private static Contract contract(String description, String... columns) {
    return Contracts.of(
        description,
        1,
        List.of(
            new RowRule(
                "net_is_positive",
                Optional.of("net"),
                "net > 0",
                Optional.empty(),
                OnFailure.QUARANTINE,
                "net sales are positive"),
            new RowRule(
                "customer_required",
                Optional.of("customer"),
                "customer IS NOT NULL",
                Optional.empty(),
                OnFailure.QUARANTINE,
                "customer is required")),
        List.of(
            new BatchRule(
                "few",
                new Measure.RowCount(),
                new Threshold(Threshold.Operator.MUST_BE_LESS_THAN, 4, Optional.empty()),
                Optional.empty(),
                OnFailure.HOLD,
                "")),
        columns);
  }

  @Test
  void aMartIsPublishedOncePerChangeOfInputOrDefinition() {
    MartFixture gold = new MartFixture(folder);
    gold.functions.put(
        "net", new SqlFunction("net", List.of("x"), "cast(x * 0.5 AS DECIMAL(12,2))"));
    gold.functions.put("other", new SqlFunction("other", List.of("x"), "x"));
    Contract contract =
        contract(
            "Sales by customer.",
            "customer string",
            "city string",
            "net decimal(12,2)",
            "orders int",
            "versions bigint",
            "earlier int");
    Mart mart = gold.mart("customer_sales", SQL, contract, "city");
    assertThatThrownBy(() -> gold.run(mart))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILURE))
        .hasMessage(
            "gold.customer_sales reads silver.customers, which does not exist yet: run the job"
                + " that fills it first (assay run silver.customers)");

    inputs(gold);
    BatchResult first = gold.run(mart);
    assertThat(first.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(first.account()).isEqualTo(Account.appended(2));
    assertThat(first.version()).hasValue(0);
    List<String> published = List.of("[a,Paris,15.00,2,2,1]", "[b,Rome,2.75,1,1,null]");
    assertThat(gold.rows(MART)).isEqualTo(published);
    assertDescribed(gold, "Sales by customer.");

    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.UNCHANGED);
    gold.functions.put("other", new SqlFunction("other", List.of("x"), "x + 1"));
    assertThat(gold.run(mart).outcome()).as("an unused function").isEqualTo(Outcome.UNCHANGED);
    assertThat(snapshot(gold).version()).isZero();

    gold.functions.put("net", new SqlFunction("net", List.of("x"), "x"));
    assertThat(gold.run(mart).version()).as("a used function").hasValue(1);
    assertThat(gold.rows(MART)).first().isEqualTo("[a,Paris,30.00,2,2,1]");

    gold.append(ORDERS, ORDER + "VALUES (4, 'b', 1.00BD) AS t(id, customer, amount)");
    assertThat(gold.run(mart).version()).as("an input").hasValue(2);
    assertThat(gold.rows(MART)).last().isEqualTo("[b,Rome,6.50,2,1,3]");

    Mart wider =
        gold.mart(
            "customer_sales",
            SQL,
            contract(
                "Sales by customer, all time.",
                "customer string",
                "net decimal(14,2)",
                "city string",
                "orders bigint",
                "versions bigint",
                "earlier int"));
    assertThat(gold.run(wider).version()).as("the contract").hasValue(3);
    assertThat(gold.rows(MART)).last().isEqualTo("[b,6.50,Rome,2,1,3]");
    assertDescribed(gold, "Sales by customer, all time.");
    assertThat(gold.run(wider).outcome()).isEqualTo(Outcome.UNCHANGED);

    gold.overwrite(ORDERS, ORDER + "VALUES (1, 'x', 1.00BD) AS t(id, customer, amount)");
    assertThat(gold.run(wider).account()).as("no rows at all").isEqualTo(Account.EMPTY);
    assertThat(gold.rows(MART)).isEmpty();
    assertThat(new AccountProof(gold.spark, gold.warehouse).check(MART)).isEmpty();
    assertThat(folder.resolve("_assay/staging/gold.customer_sales")).isEmptyDirectory();
  }

  @Test
  void aHeldVersionIsNotSeenUntilItIsMendedOrAccepted() throws Exception {
    MartFixture gold = new MartFixture(folder);
    Mart mart =
        gold.mart(
            "customer_sales",
            "SELECT customer, cast(sum(amount) AS DECIMAL(12,2)) AS net, count(*) AS n FROM silver.orders GROUP BY 1",
            contract("", "customer string", "net decimal(12,2)", "n tinyint"));
    inputs(gold);
    gold.run(mart);
    List<String> published = List.of("[a,30.00,2]", "[b,5.50,1]");
    assertThat(gold.rows(MART)).isEqualTo(published);

    gold.append(
        ORDERS,
        ORDER
            + "VALUES (5, 'b', -9.00BD), (6, cast(null AS STRING), 1.00BD) AS t(id, customer, amount)");
    BatchResult held = gold.run(mart);
    assertThat(held.outcome()).isEqualTo(Outcome.HELD);
    assertThat(held.exitCode()).isEqualTo(ExitCode.QUALITY);
    assertThat(held.notes())
        .containsExactly(
            "batch 2 is held",
            "net_is_positive: expected broken rows of net 0, found 1 (net sales are positive)",
            "customer_required: expected broken rows of customer 0, found 1 (customer is required)");
    assertThat(gold.rows(MART)).isEqualTo(published);
    assertThat(gold.run(mart).notes().get(0)).as("again").isEqualTo("batch 2 is held");

    gold.append(
        ORDERS,
        ORDER + "(SELECT explode(sequence(10, 210)) AS id, 'b' AS customer, 1.00BD AS amount)");
    assertThat(gold.run(mart).notes())
        .as("newer input is judged in place of the old")
        .containsExactly(
            "batch 3 is held",
            "n_type: expected every value of n to fit tinyint, found 1 that do not",
            "customer_required: expected broken rows of customer 0, found 1 (customer is required)");
    assertThat(gold.rows(MART)).isEqualTo(published);

    BatchResult rejected =
        gold.run(mart, new Decision(Map.of(), Optional.of("a test of the source")));
    assertThat(rejected.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(rejected.account()).isEqualTo(new Account(3, 0, 0, 0, 0, 0, 0, 0, 3));
    assertThat(gold.rows(MART)).isEqualTo(published);
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(new AccountProof(gold.spark, gold.warehouse).check(MART)).isEmpty();

    gold.overwrite(
        ORDERS, ORDER + "VALUES (1, 'a', -1.00BD), (2, 'b', 1.00BD) AS t(id, customer, amount)");
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.HELD);
    BatchResult accepted =
        gold.run(mart, new Decision(Map.of("net_is_positive", "a refund"), Optional.empty()));
    assertThat(accepted.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(gold.rows(MART)).containsExactly("[a,-1.00,1]", "[b,1.00,1]");

    deleteFolder(folder.resolve("silver/orders"));
    DeltaLog.clearCache();
    inputs(gold);
    assertThat(gold.run(mart).outcome()).as("a recreated input").isEqualTo(Outcome.SUCCEEDED);
    assertThat(gold.rows(MART)).isEqualTo(published);
  }

  @Test
  void aKeyThatOccursTwiceHoldsTheMart() {
    MartFixture gold = new MartFixture(folder);
    inputs(gold);
    Mart mart =
        gold.mart(
            "repeated",
            "SELECT customer FROM silver.orders",
            Contracts.of("", 1, List.of(), List.of(), "customer string"));
    assertThat(gold.run(mart).notes().get(1)).startsWith("key_unique: ");
    assertThat(snapshot(gold, TableName.gold("repeated")).version()).isEqualTo(-1);
  }

  @Test
  void whatDoesNotFitIsRefusedWithEveryColumn() {
    MartFixture gold = new MartFixture(folder);
    inputs(gold);
    refused(
        gold,
        "SELECT id, ID, amount / 3 AS amount, customer AS day, 1 AS extra FROM silver.orders",
        "gold.m does not fit its contract: amount is decimal(16,6), the contract says"
            + " decimal(12,2) (round it in mart.sql); day is string, the contract says date (cast"
            + " it in mart.sql); at: timestamp_ntz would take readers of version 1 away; a mart's"
            + " times are timestamp; the query does not produce city; the contract does not know"
            + " extra; the query produces more than once ID");
    refused(
        gold,
        "SELECT id,\n  amuont FROM silver.orders",
        "mart.sql of gold.m, line 2, column 3: A column or function parameter with name `amuont`"
            + " cannot be resolved.");
  }

  private static void refused(MartFixture gold, String sql, String message) {
    Mart mart =
        gold.mart(
            "m",
            sql.replace("1 AS extra", "1 AS extra, timestamp_ntz'2026-01-01 00:00:00' AS at"),
            Contracts.of(
                "id int", "amount decimal(12,2)", "day date", "at timestamp_ntz", "city string"));
    assertThatThrownBy(() -> gold.run(mart))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
        .hasMessageStartingWith(message);
  }

  private static void inputs(MartFixture gold) {
    gold.append(
        ORDERS,
        ORDER
            + "VALUES (1, 'a', 10.00BD), (2, 'a', 20.00BD), (3, 'b', 5.50BD) AS t(id, customer, amount)");
    gold.overwrite(
        CUSTOMERS,
        "VALUES ('a', 'Lyon', DATE '2026-01-01', DATE '2026-02-01', false),"
            + " ('a', 'Paris', DATE '2026-02-01', null, true),"
            + " ('b', 'Rome', DATE '2026-01-01', null, true),"
            + " ('c', 'Oslo', DATE '2026-01-01', DATE '2026-01-02', false)"
            + " AS t(id, city, valid_from, valid_to, is_current)");
  }

  private static void assertDescribed(MartFixture gold, String comment) {
    Snapshot snapshot = snapshot(gold);
    assertThat(snapshot.protocol().minReaderVersion()).isEqualTo(1);
    assertThat(snapshot.metadata().description()).isEqualTo(comment);
    assertThat(snapshot.metadata().schema().apply("net").getComment().get()).isEqualTo("The net.");
  }

  private static Snapshot snapshot(MartFixture gold) {
    return snapshot(gold, MART);
  }

  private static Snapshot snapshot(MartFixture gold, TableName table) {
    return DeltaLog.forTable(gold.spark, gold.warehouse.path(table))
        .update(false, scala.Option.empty(), scala.Option.empty());
  }

  private static void deleteFolder(Path path) throws Exception {
    try (var files = Files.walk(path)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
