package io.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Mart;
import io.assay.config.Mart.Incremental;
import io.assay.contract.BatchRule;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.OnFailure;
import io.assay.contract.RowRule;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.ops.AccountProof;
import io.assay.quality.measure.Measure;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.delta.tables.DeltaTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MartIncrementTest {
  private static final TableName ORDERS = TableName.silver("orders");
  private static final TableName CUSTOMERS = TableName.silver("customers");
  private static final TableName MART = TableName.gold("sales");
  private static final String SQL =
      "SELECT c.city, count(*) AS orders, CAST(sum(amount) AS DECIMAL(12,2)) AS amount"
          + " FROM silver.orders o LEFT JOIN silver.customers c ON c.id = o.customer GROUP BY c.city";

  @TempDir Path folder;
  private MartFixture gold;
  private Mart mart;

  @BeforeEach
  void fourCities() {
    gold = new MartFixture(folder);
    gold.spark.sql(
        "CREATE TABLE delta.`%s` (id string, city string, note string, _batch bigint) USING delta TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')"
            .formatted(gold.warehouse.path(CUSTOMERS)));
    gold.append(
        CUSTOMERS,
        "SELECT * FROM VALUES ('a', 'Rome', ''), ('b', 'Oslo', ''), ('c', 'Bern', ''), ('d', 'Lyon', '') AS t(id, city, note)");
    gold.append(
        ORDERS,
        orders("(1, 'a', 1.00), (2, 'b', 2.00), (3, 'c', 3.00), (4, 'd', 4.00), (5, 'a', 5.00)"));
    mart = mart(SQL, Incremental.AUTO, 1);
  }

  private Mart mart(String sql, Incremental incremental, double fullAbove) {
    return MartFixture.maintained(
        gold.mart(
            "sales",
            sql,
            Contracts.of(
                "",
                1,
                List.of(
                    new RowRule(
                        "positive",
                        Optional.of("amount"),
                        "amount > 0",
                        Optional.empty(),
                        OnFailure.QUARANTINE,
                        "")),
                List.of(
                    new BatchRule(
                        "few",
                        new Measure.RowCount(),
                        new Threshold(Threshold.Operator.MUST_BE_LESS_THAN, 6, Optional.empty()),
                        Optional.empty(),
                        OnFailure.HOLD,
                        "")),
                "city string",
                "orders bigint",
                "amount decimal(12,2)")),
        incremental,
        fullAbove);
  }

  private static String orders(String values) {
    return "SELECT id, customer, CAST(amount AS DECIMAL(8,2)) AS amount FROM VALUES "
        + values
        + " AS t(id, customer, amount)";
  }

  private DeltaTable table(TableName name) {
    return DeltaTable.forPath(gold.spark, gold.warehouse.path(name).toString());
  }

  private long version() {
    return new TableLog(gold.spark, gold.warehouse, MART).state().version();
  }

  private List<Long> batches() {
    return gold
        .spark
        .read()
        .format("delta")
        .load(gold.warehouse.path(MART).toString())
        .orderBy("city")
        .collectAsList()
        .stream()
        .map(row -> row.<Long>getAs("_batch"))
        .toList();
  }

  private void proved() {
    assertThat(new AccountProof(gold.spark, gold.warehouse).check(MART)).isEmpty();
    MartProof.Result proof =
        new MartProof(gold.spark, gold.warehouse)
            .compare(mart, OptionalInt.empty(), 10)
            .orElseThrow();
    assertThat(proof.message()).isEmpty();
  }

  @Test
  void onlyTheKeysThatChangedAreWrittenAgain() {
    BatchResult first = gold.run(mart);
    assertThat(first.notes()).isEmpty();
    assertThat(first.account()).isEqualTo(Account.appended(4));
    proved();

    gold.append(ORDERS, orders("(6, 'b', 2.50), (7, 'x', 1.00)"));
    BatchResult appended = gold.run(mart);
    assertThat(appended.notes())
        .containsExactly("incremental: 2 keys of 4 (changed rows: 2 of silver.orders)");
    assertThat(appended.account()).isEqualTo(Account.appended(2));
    assertThat(gold.rows(MART))
        .containsExactly(
            "[Bern,1,3.00]", "[Lyon,1,4.00]", "[Oslo,2,4.50]", "[Rome,2,6.00]", "[null,1,1.00]");
    assertThat(batches()).containsExactly(2L, 1L, 1L, 2L, 1L);
    proved();

    table(CUSTOMERS).updateExpr("id = 'c'", Map.of("city", "'Oslo'"));
    BatchResult moved = gold.run(mart);
    assertThat(moved.notes())
        .containsExactly("incremental: 3 keys of 5 (changed rows: 2 of silver.customers)");
    assertThat(moved.account()).isEqualTo(new Account(2, 0, 1, 2, 1, 0, 0, 0, 0));
    assertThat(gold.rows(MART)).hasSize(4).contains("[Oslo,3,7.50]");
    proved();

    table(ORDERS).delete("id = 7");
    assertThat(gold.run(mart).account()).isEqualTo(new Account(0, 0, 1, 1, 0, 0, 0, 0, 0));
    assertThat(gold.rows(MART)).containsExactly("[Lyon,1,4.00]", "[Oslo,3,7.50]", "[Rome,2,6.00]");
    proved();
    assertThat(
            DeltaLog.forTable(gold.spark, gold.warehouse.path(MART))
                .update(false, scala.Option.empty(), scala.Option.empty())
                .protocol()
                .minReaderVersion())
        .isEqualTo(1);
  }

  @Test
  void whereNothingOfTheMartChangedNothingIsCommitted() {
    gold.run(mart);
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.UNCHANGED);
    table(CUSTOMERS).updateExpr("id = 'c'", Map.of("note", "'x'"));
    BatchResult unused = gold.run(mart);
    assertThat(unused.notes()).containsExactly("incremental: 0 keys of 4 (changed rows: none)");
    assertThat(unused.account()).isEqualTo(Account.EMPTY);
    table(ORDERS).updateExpr("id IN (1, 5)", Map.of("amount", "CASE id WHEN 1 THEN 2 ELSE 4 END"));
    BatchResult equal = gold.run(mart);
    assertThat(equal.account()).isEqualTo(new Account(1, 0, 0, 0, 1, 0, 0, 0, 0));
    assertThat(version()).isZero();
    proved();
    gold.append(ORDERS, orders("(6, 'b', 2.50)"));
    assertThat(gold.run(mart).notes().get(0)).startsWith("incremental: 2 keys of 4");
    assertThat(version()).isEqualTo(1);
    proved();
  }

  @Test
  void whatCannotBeToldFromChangesIsComputedInFullAndSaid() throws Exception {
    gold.run(mart);
    gold.append(ORDERS, orders("(6, 'b', 2.50)"));
    gold.run(mart);
    table(ORDERS).restoreToVersion(0);
    full("silver.orders was restored");
    gold.overwrite(ORDERS, orders("(1, 'a', 1.00), (2, 'b', 2.00)"));
    full("silver.orders was rebuilt");
    table(MART).delete("city = 'Oslo'");
    gold.append(ORDERS, orders("(6, 'b', 2.50)"));
    full("somebody else has changed gold.sales");
    mart = mart(SQL + " HAVING count(*) > 0", Incremental.AUTO, 1);
    full("its query or its contract is another than before");
    mart = mart(SQL + " HAVING count(*) > 0", Incremental.NEVER, 0.2);
    assertThat(gold.run(mart).outcome()).as("it is how, not what").isEqualTo(Outcome.UNCHANGED);
    mart = mart(SQL + " HAVING count(*) > 0", Incremental.AUTO, 0.2);
    gold.append(ORDERS, orders("(7, 'b', 2.50)"));
    full("2 keys of 2 may have changed (changed rows: 1 of silver.orders)");
    mart = mart(SQL + " HAVING count(*) > 0", Incremental.AUTO, 1);
    table(ORDERS).delete("id = 7");
    for (Path file : removed()) {
      Files.delete(file);
    }
    full("silver.orders was vacuumed past its version 5, which was used last");
  }

  private List<Path> removed() throws Exception {
    List<String> left =
        List.of(
            gold.spark
                .read()
                .format("delta")
                .load(gold.warehouse.path(ORDERS).toString())
                .inputFiles());
    try (var files = Files.list(folder.resolve("silver/orders"))) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .filter(
              file -> left.stream().noneMatch(kept -> kept.endsWith(file.getFileName().toString())))
          .toList();
    }
  }

  private void full(String reason) {
    assertThat(gold.run(mart).notes()).containsExactly("computed in full: " + reason);
    proved();
  }

  @Test
  void rulesHoldAnIncrementAndARejectedOneIsNoBase() {
    gold.run(mart);
    gold.append(ORDERS, orders("(6, 'b', -9.00)"));
    BatchResult held = gold.run(mart);
    assertThat(held.notes().get(1))
        .startsWith("positive: expected broken rows of amount 0, found 1");
    BatchResult rejected =
        gold.run(mart, new Decision(Map.of(), Optional.of("a mistake of the till")));
    assertThat(rejected.account()).isEqualTo(new Account(1, 0, 0, 0, 0, 0, 0, 0, 1));
    proved();
    gold.append(ORDERS, orders("(7, 'b', 20.00)"));
    assertThat(gold.run(mart).notes())
        .containsExactly("incremental: 2 keys of 4 (changed rows: 2 of silver.orders)");
    assertThat(gold.rows(MART)).contains("[Oslo,3,13.00]");
    proved();
    gold.append(
        CUSTOMERS,
        "SELECT * FROM VALUES ('x', 'Bonn', ''), ('y', 'Graz', '') AS t(id, city, note)");
    gold.append(ORDERS, orders("(8, 'x', 1.00), (9, 'y', 1.00)"));
    assertThat(gold.run(mart).notes().get(1)).as("of the whole").startsWith("few: ");
    proved();
  }

  @Test
  void aStrictMartWhoseQueryCannotBeFollowedIsRefused() {
    Mart places =
        mart(
            "SELECT city, rank() OVER (ORDER BY city) AS orders, CAST(1 AS DECIMAL(12,2)) AS amount FROM silver.customers",
            Incremental.STRICT,
            1);
    assertThatThrownBy(() -> gold.run(places))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
        .hasMessage(
            "gold.sales is incremental: strict, and its query cannot be maintained: a window over all rows (no PARTITION BY) may change every row");
  }

  @Test
  void aMartThatWasCorruptedByHandIsFound() {
    MartProof proof = new MartProof(gold.spark, gold.warehouse);
    assertThat(proof.compare(mart, OptionalInt.empty(), 10)).isEmpty();
    gold.run(mart);
    table(MART).updateExpr("city = 'Oslo'", Map.of("amount", "amount + 0.01"));
    table(MART).delete("city = 'Bern'");
    gold.spark.sql(
        "INSERT INTO delta.`%s` VALUES ('Ulm', 1, 1.00, 1)".formatted(gold.warehouse.path(MART)));
    MartProof.Result found = proof.compare(mart, OptionalInt.empty(), 10).orElseThrow();
    assertThat(found.message())
        .hasValue("it is not what its query gives: 1 rows are missing, 1 surplus, 1 different");
    assertThat(found.first())
        .extracting(
            one -> one.key() + " " + one.column(), MartDifference::expected, MartDifference::found)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("{city=Bern} ", "a row", null),
            org.assertj.core.groups.Tuple.tuple("{city=Oslo} amount", "2.00", "2.01"),
            org.assertj.core.groups.Tuple.tuple("{city=Ulm} ", null, "a row"));
    MartProof.Result sampled = proof.compare(mart, OptionalInt.of(4), 1).orElseThrow();
    assertThat(sampled.surplus() + sampled.different()).isEqualTo(2);
    assertThat(sampled.missing()).isZero();
    assertThat(sampled.first()).hasSize(1);
  }
}
