package io.assay.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopGeneratorTest {
  private static final ShopGenerator SHOP = ShopGenerator.DEFAULT;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  @Test
  void theSameArgumentsGiveTheSameFiles(@TempDir Path folder) throws IOException {
    SHOP.generate(3, folder.resolve("a"));
    SHOP.generate(3, folder.resolve("b"));

    Map<String, byte[]> first = contents(folder.resolve("a"));
    Map<String, byte[]> second = contents(folder.resolve("b"));

    assertThat(first).hasSize(24);
    assertThat(first.keySet()).isEqualTo(second.keySet());
    first.forEach((file, bytes) -> assertThat(second.get(file)).as(file).isEqualTo(bytes));
  }

  @Test
  void theScaleSetsTheSize() {
    List<ShopDay> small = new ShopGenerator(1, 0.5, LocalDate.parse("2026-06-01")).days(1);
    List<ShopDay> large = new ShopGenerator(1, 4, LocalDate.parse("2026-06-01")).days(1);

    assertThat(small.get(0).customers()).hasSize(200);
    assertThat(large.get(0).customers()).hasSize(1600);
    assertThat(sales(small).orders()).isBetween(120L, 150L);
    assertThat(sales(large).orders()).isBetween(1100L, 1200L);
  }

  @Test
  void aFewProductsBringInMost() {
    List<ShopTruth.ProductSales> products = new ShopTruth(SHOP.days(3)).products();

    long units = products.stream().mapToLong(ShopTruth.ProductSales::units).sum();
    long ofTen =
        products.stream()
            .sorted((a, b) -> Long.compare(b.units(), a.units()))
            .limit(10)
            .mapToLong(ShopTruth.ProductSales::units)
            .sum();
    assertThat(ofTen).isGreaterThan(units / 2);
  }

  @Test
  void everyDayFromTheThirdDeliversARowThatIsTwoDaysLateAndMovesOrders() {
    List<ShopDay> days = SHOP.days(5);

    assertThat(days).element(1).satisfies(day -> assertThat(day.lateChanges()).isEmpty());
    for (ShopDay day : days.subList(2, 5)) {
      CustomerChange late = day.lateChanges().get(0);
      assertThat(late.at()).isEqualTo(day.date().minusDays(2).atTime(12, 0));
      assertThat(new ShopTruth(days).ordersByCity(late.id())).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void dirtIsAddedAndNothingCleanIsLost(@TempDir Path folder) throws IOException {
    SHOP.generate(1, folder);

    List<String> lines = Files.readAllLines(folder.resolve("2026-06-01/customers.csv"));
    List<String> clean = SHOP.days(1).get(0).customers().stream().map(ShopFeeds::line).toList();
    assertThat(lines).containsAll(clean);
    assertThat(lines.size() - 1 - clean.size()).isBetween(6, 12);
    assertThat(lines)
        .anyMatch(line -> line.contains("(at)"))
        .anyMatch(line -> line.startsWith(","))
        .anyMatch(line -> line.contains("platinum"))
        .anyMatch(line -> line.contains("2026-02-30"))
        .anyMatch(line -> line.endsWith(",surplus"));
  }

  @Test
  void theDatabasesLogOrdersChangesAsTheyWereCommitted(@TempDir Path folder) throws IOException {
    List<ShopDay> days = SHOP.days(3);
    SHOP.generate(3, folder);
    ObjectMapper json = new ObjectMapper();
    Map<String, String> operations = new TreeMap<>();
    Map<Long, Long> commits = new TreeMap<>();
    for (ShopDay day : days) {
      for (String table : List.of("products", "orders", "order_items")) {
        Path file = folder.resolve(day.date() + "/" + table + ".jsonl");
        for (String line : Files.readAllLines(file)) {
          if (line.endsWith("}")) {
            JsonNode message = json.readTree(line);
            commits.put(message.at("/source/lsn").asLong(), message.at("/source/ts_ms").asLong());
            operations.merge(
                table, message.path("op").asText(), (a, b) -> a.contains(b) ? a : a + b);
            assertThat(message.at("/source/table").asText()).isEqualTo(table);
          }
        }
      }
    }

    assertThat(operations).isEqualTo(Map.of("order_items", "c", "orders", "cu", "products", "cud"));
    assertThat(List.copyOf(commits.values())).isSorted();
    long changes =
        days.stream()
            .mapToLong(d -> d.products().size() + d.orders().size() + d.items().size())
            .sum();
    assertThat(commits).hasSize((int) changes);
  }

  @Test
  void whatIsOrderedLeavesTheWarehouseAndEveryPurchaseIsAnOrder() {
    List<ShopDay> days = SHOP.days(3);
    long before = days.get(0).stock().stream().mapToLong(StockCount::quantity).sum();
    long after = days.get(1).stock().stream().mapToLong(StockCount::quantity).sum();
    long ordered = days.get(0).items().stream().mapToLong(OrderItem::quantity).sum();

    assertThat(days.get(0).stock()).hasSize(160);
    assertThat(after - 2 * 300).isEqualTo(before - ordered);
    assertThat(days.get(2).stock())
        .anyMatch(count -> count.quantity() <= count.reorderLevel())
        .anyMatch(count -> count.quantity() > count.reorderLevel());
    assertThat(days)
        .allSatisfy(
            day -> assertThat(day.stock()).allSatisfy(c -> assertThat(c.quantity()).isPositive()));
    assertThat(new ShopTruth(days).purchases()).isEqualTo(900);
    assertThat(days.get(2).stock()).noneMatch(count -> count.productId().equals("P0081"));
    assertThat(new ShopTruth(days).productsOnSale()).isEqualTo(81);
  }

  @Test
  void theTruthAddsUp() {
    List<ShopDay> days = SHOP.days(3);
    ShopTruth truth = new ShopTruth(days);

    BigDecimal byDay =
        truth.sales().stream()
            .map(ShopTruth.Sales::revenue)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal byProduct =
        truth.products().stream()
            .map(ShopTruth.ProductSales::revenue)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal paid =
        days.stream()
            .flatMap(day -> day.payments().stream())
            .map(Payment::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal differences =
        truth.paymentDifferences().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal profit =
        truth.sales().stream()
            .map(ShopTruth.Sales::profit)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(byDay).isEqualByComparingTo(byProduct);
    assertThat(profit).isBetween(new BigDecimal("0.1").multiply(byDay), byDay.divide(TWO));
    assertThat(paid.subtract(byDay)).isEqualByComparingTo(differences);
  }

  private static ShopTruth.Sales sales(List<ShopDay> days) {
    return new ShopTruth(days).sales().get(0);
  }

  private static Map<String, byte[]> contents(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  file -> folder.relativize(file).toString(),
                  ShopGeneratorTest::bytes,
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
