package io.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.config.Mart;
import io.assay.config.Mart.Incremental;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.contract.ContractColumn;
import io.assay.sql.SqlQuery;
import io.assay.table.CommitTag;
import io.assay.table.TableAppend;
import io.assay.table.TableCatalog;
import io.assay.table.TableDescription;
import io.assay.table.TableName;
import io.assay.table.TableProperties;
import io.assay.table.TableRewrite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shop's own marts, of {@code conf}, by their job and over Delta tables, through a random life
 * of the shop: after each step every mart holds what its query gives over all rows. Counted per
 * mart, and with no check of the cost, at least nine steps of ten are made from changes.
 *
 * <p>A step is a batch of random size to one shop: inserts, updates, deletes, histories told anew
 * by late events. Many shops share the tables, so that one run of a mart takes a step of each.
 */
class ShopWorkloadTest {
  /** Those that can be followed; who reads another comes after it. */
  private static final List<String> MARTS =
      List.of(
          "fct_orders",
          "fct_order_items",
          "daily_sales",
          "payment_reconciliation",
          "fraud_alerts",
          "sessions",
          "sensor_hourly",
          "dim_products",
          "dim_customers");

  private static final Set<String> STRICT =
      Set.of("fct_orders", "fct_order_items", "daily_sales", "payment_reconciliation");

  /** Only appended to, so that it needs no change feed. */
  private static final Set<ShopLife.Table> APPENDED = Set.of(ShopLife.CLICKS);

  @TempDir private Path folder;
  private final Map<ShopLife.Table, SortedMap<String, Row>> stored = new HashMap<>();
  private final Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
  private MartFixture gold;
  private Project shop;

  @Test
  void everyMartOfTheShopIsWhatItsQueryGivesAfterEachStep() throws Exception {
    assertThat(steps(150, 2, 20261121, Map.of())).isGreaterThanOrEqualTo(300);
  }

  @Tag("deep")
  @Test
  void soItIsAfterThousandsOfStepsAndWhereInputsAreMadeAnew() throws Exception {
    Map<Integer, ShopLife.Table> rebuilt = Map.of(9, ShopLife.ORDERS, 18, ShopLife.PAYMENTS);
    assertThat(steps(75, 28, 7, rebuilt)).isGreaterThanOrEqualTo(2000);
    assertThat(counts.get("fct_orders"))
        .containsEntry("computed in full: silver.orders was rebuilt", 75);
  }

  /**
   * Lives some rounds, each with a step of every shop.
   *
   * @param rebuilt tables that are written anew in a round, with other rows
   * @return how many steps each mart took
   */
  private int steps(int shops, int rounds, long seed, Map<Integer, ShopLife.Table> rebuilt) {
    gold = new MartFixture(folder);
    shop =
        ProjectLoader.load(
            ProjectLocation.of(Path.of(System.getProperty("assay.root"), "conf").toString()),
            "demo",
            List.of("warehouse=" + folder),
            Map.of());
    gold.functions.putAll(shop.functions());
    ShopLife life = new ShopLife(seed, shops);
    life.live(60);
    ShopLife.TABLES.forEach(table -> store(table, life.rows(table), 0, false));
    MARTS.forEach(name -> gold.run(mart(name)));
    for (int round = 1; round <= rounds; round++) {
      life.live(4);
      for (ShopLife.Table table : ShopLife.TABLES) {
        store(table, life.rows(table), round, table.equals(rebuilt.get(round)));
      }
      for (String name : MARTS) {
        count(name, gold.run(mart(name)), shops);
        assertThat(kept(name)).as(name + ", round " + round).isEqualTo(asked(name));
      }
    }
    System.out.println(table());
    counts.forEach(
        (mart, outcomes) ->
            assertThat(outcomes.getOrDefault("incremental", 0))
                .as("%s: %s", mart, outcomes)
                .isGreaterThanOrEqualTo((int) Math.ceil(0.9 * rounds * shops)));
    return rounds * shops;
  }

  private void count(String mart, BatchResult result, int steps) {
    assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.SUCCEEDED);
    String how = result.notes().stream().findFirst().orElse("computed in full, and not said");
    counts
        .computeIfAbsent(mart, name -> new TreeMap<>())
        .merge(how.startsWith("incremental: ") ? "incremental" : how, steps, Integer::sum);
  }

  private String table() {
    return counts.entrySet().stream()
        .map(mart -> "%-24s %s".formatted(mart.getKey(), mart.getValue()))
        .collect(Collectors.joining("\n", "steps of each mart\n", ""));
  }

  private Mart mart(String name) {
    return MartFixture.maintained(
        shop.marts().get(name), STRICT.contains(name) ? Incremental.STRICT : Incremental.AUTO, 1);
  }

  /** The mart's rows. */
  private List<String> kept(String name) {
    return texts(new TableCatalog(gold.spark, gold.warehouse).read(TableName.gold(name)), name);
  }

  /** What its query gives over the tables as they are. */
  private List<String> asked(String name) {
    TableCatalog catalog = new TableCatalog(gold.spark, gold.warehouse);
    return texts(
        SqlQuery.parse(shop.marts().get(name).sql())
            .expand(shop.functions())
            .bind(gold.spark, catalog::read),
        name);
  }

  private List<String> texts(Dataset<Row> rows, String name) {
    String[] columns =
        shop.marts().get(name).contract().columns().stream()
            .map(ContractColumn::name)
            .toArray(String[]::new);
    return rows.selectExpr(columns).collectAsList().stream().map(Row::toString).sorted().toList();
  }

  /** Lets a table hold other rows, as the jobs of silver do: in one commit, if any differs. */
  private void store(
      ShopLife.Table table, SortedMap<String, Row> rows, int round, boolean rebuilt) {
    SortedMap<String, Row> before = stored.getOrDefault(table, new TreeMap<>());
    stored.put(table, rows);
    StructType schema = StructType.fromDDL(table.columns());
    if (rebuilt) {
      with(List.copyOf(rows.values()), schema, round)
          .write()
          .format("delta")
          .mode("overwrite")
          .save(gold.warehouse.path(TableName.of(table.name())).toString());
      return;
    }
    Set<String> touched = new TreeSet<>(before.keySet());
    touched.addAll(rows.keySet());
    touched.removeIf(key -> before.containsKey(key) && before.get(key).equals(rows.get(key)));
    List<Row> gone = new ArrayList<>();
    List<Row> come = new ArrayList<>();
    for (String key : touched) {
      Optional.ofNullable(before.get(key)).ifPresent(gone::add);
      Optional.ofNullable(rows.get(key)).ifPresent(come::add);
    }
    write(table, with(gone, schema, round), with(come, schema, round), round);
  }

  private Dataset<Row> with(List<Row> rows, StructType schema, int round) {
    return gold.spark
        .createDataFrame(rows, schema)
        .withColumn("_batch", functions.lit((long) round));
  }

  private void write(ShopLife.Table table, Dataset<Row> gone, Dataset<Row> come, int round) {
    TableName name = TableName.of(table.name());
    CommitTag tag = new CommitTag("life", round, "{}");
    if (round == 0 || APPENDED.contains(table)) {
      Map<String, String> properties =
          APPENDED.contains(table) ? Map.of() : TableProperties.followed(Map.of());
      new TableAppend(gold.warehouse, name)
          .commit(come, new TableDescription(Optional.empty(), List.of(), properties), tag);
      return;
    }
    String[] fields = StructType.fromDDL(table.columns()).fieldNames();
    String[] key = Arrays.copyOf(fields, table.key());
    TableRewrite.inSession(
        gold.spark,
        tag,
        session ->
            new TableRewrite(session, gold.warehouse, name)
                .commit(functions.lit(true), gone.selectExpr(key), come, tag));
  }
}
