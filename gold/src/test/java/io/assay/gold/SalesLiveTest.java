package io.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.Outcome;
import io.assay.config.Mart;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.table.TableName;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shop's nightly past and streaming present, whose jobs run in any order: no day is missing,
 * and none is there twice.
 */
class SalesLiveTest {
  private static final TableName ORDERS = TableName.gold("fct_orders");
  private static final LocalDate OPENING = LocalDate.parse("2026-06-01");

  @TempDir private Path folder;
  private final Random random = new Random(20261121);
  private MartFixture gold;
  private Project shop;
  private int orders;
  private int days;

  @Test
  void whateverRunsLastEachDayIsThereOnceAsTheNightOrThePresentHasIt() {
    gold = new MartFixture(folder);
    shop =
        ProjectLoader.load(
            ProjectLocation.of(Path.of(System.getProperty("assay.root"), "conf").toString()),
            "demo",
            List.of("warehouse=" + folder),
            Map.of());
    gold.functions.putAll(shop.functions());
    order(0);
    runs("daily_sales");
    runs("sales_nightly");
    runs("sales_live");
    assertThat(sums("sales_live", "part")).containsOnlyKeys(OPENING + " present");
    for (int turn = 0; turn < 12; turn++) {
      switch (random.nextInt(4)) {
        case 0 -> order(++days);
        // A correction, or the first order of a day that had none.
        case 1 -> order(random.nextInt(days + 2));
        case 2 -> runs("sales_nightly");
        default -> runs("daily_sales");
      }
      runs("sales_live");
      eachDayOnce();
    }
    runs("daily_sales");
    runs("sales_nightly");
    runs("sales_live");
    eachDayOnce();
    assertThat(sums("sales_live", "''")).isEqualTo(sums("fct_orders", "''"));
    assertThat(sums("sales_live", "part").keySet())
        .filteredOn(day -> day.endsWith("present"))
        .hasSize(1);
  }

  /** An order of a day, and now and then a day that is left out. */
  private void order(int day) {
    days = Math.max(days, day);
    orders++;
    gold.append(
        ORDERS,
        "SELECT 'O%d' AS order_id, DATE'%s' AS order_date, 'paid' AS status, 1L AS units, CAST(%d.20 AS DECIMAL(12,2)) AS amount, CAST(%d AS DECIMAL(12,2)) AS net_amount, CAST(1 AS DECIMAL(12,2)) AS cost"
            .formatted(orders, OPENING.plusDays(day), orders, orders));
  }

  private void runs(String name) {
    Mart mart = shop.marts().get(name);
    assertThat(gold.run(mart).outcome()).isIn(Outcome.SUCCEEDED, Outcome.UNCHANGED);
  }

  private void eachDayOnce() {
    Map<String, BigDecimal> past = sums("sales_nightly", "''");
    Map<String, BigDecimal> expected = sums("daily_sales", "''");
    expected.putAll(past);
    assertThat(sums("sales_live", "''")).isEqualTo(expected);
    assertThat(days("sales_live")).doesNotHaveDuplicates().hasSameElementsAs(expected.keySet());
    assertThat(sums("sales_live", "part").keySet())
        .filteredOn(day -> day.endsWith("past"))
        .hasSameElementsAs(past.keySet().stream().map(day -> day + "past").toList());
  }

  private List<String> days(String mart) {
    List<String> days = new ArrayList<>();
    rows(mart, "''", "0.0").forEach(row -> days.add(row.getString(0)));
    return days;
  }

  /** Money by day and by what else is asked for. */
  private Map<String, BigDecimal> sums(String mart, String more) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    rows(mart, more, mart.equals("fct_orders") ? "amount" : "revenue")
        .forEach(row -> sums.merge(row.getString(0), row.getDecimal(1), BigDecimal::add));
    return sums;
  }

  private List<Row> rows(String mart, String more, String money) {
    return gold.spark
        .read()
        .format("delta")
        .load(gold.warehouse.path(TableName.gold(mart)).toString())
        .selectExpr("concat(order_date, ' ', " + more + ")", "CAST(" + money + " AS DECIMAL(14,2))")
        .collectAsList();
  }
}
