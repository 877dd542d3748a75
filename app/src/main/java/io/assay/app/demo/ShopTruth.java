package io.assay.app.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What gold must say, computed from the events as they happened: without Spark, without the files,
 * without the project's SQL.
 */
final class ShopTruth {
  /** A price with tax by the price without. */
  private static final BigDecimal GROSS = new BigDecimal("1.2");

  private final List<ShopDay> days;
  private final Map<String, OrderChange> orders = new HashMap<>();
  private final Map<String, List<OrderItem>> items = new HashMap<>();

  /** The truth after these days were delivered. */
  ShopTruth(List<ShopDay> days) {
    this.days = List.copyOf(days);
    all(ShopDay::orders).forEach(order -> orders.merge(order.id(), order, ShopTruth::newer));
    all(ShopDay::items)
        .forEach(item -> items.computeIfAbsent(item.orderId(), id -> new ArrayList<>()).add(item));
  }

  /** One business day's trade, cancelled orders left out. */
  record Sales(LocalDate date, long orders, long units, BigDecimal revenue, BigDecimal profit) {}

  /** What one product brought in. */
  record ProductSales(String productId, long units, BigDecimal revenue) {}

  /** Sales by business day, in order. */
  List<Sales> sales() {
    Map<LocalDate, Sales> sales = new TreeMap<>();
    orders.values().stream()
        .filter(order -> !order.status().equals("cancelled"))
        .forEach(order -> sales.merge(date(order), sales(order), ShopTruth::sum));
    return List.copyOf(sales.values());
  }

  /** Products by what they brought in, the best first. */
  List<ProductSales> products() {
    Map<String, ProductSales> sales = new TreeMap<>();
    items.values().stream()
        .flatMap(List::stream)
        .filter(item -> !orders.get(item.orderId()).status().equals("cancelled"))
        .map(item -> new ProductSales(item.productId(), item.quantity(), item.amount()))
        .forEach(
            sold ->
                sales.merge(
                    sold.productId(),
                    sold,
                    (a, b) ->
                        new ProductSales(
                            a.productId(), a.units() + b.units(), a.revenue().add(b.revenue()))));
    return sales.values().stream()
        .sorted(
            Comparator.comparing(ProductSales::revenue)
                .reversed()
                .thenComparing(ProductSales::productId))
        .toList();
  }

  /** By order: what was paid less what was due, where that is not nothing. */
  Map<String, BigDecimal> paymentDifferences() {
    Map<String, BigDecimal> differences = new TreeMap<>();
    orders.values().stream()
        .filter(order -> !order.status().equals("cancelled"))
        .forEach(order -> differences.put(order.id(), sales(order).revenue().negate()));
    all(ShopDay::payments)
        .forEach(paid -> differences.merge(paid.orderId(), paid.amount(), BigDecimal::add));
    differences.values().removeIf(difference -> difference.signum() == 0);
    return differences;
  }

  /** How many customers there are who have not left. */
  long customers() {
    Set<String> left = new HashSet<>();
    Set<String> known = new HashSet<>();
    all(ShopDay::customers).forEach(change -> (change.deleted() ? left : known).add(change.id()));
    known.removeAll(left);
    return known.size();
  }

  /** How many versions of customers there are: every change but a departure opens one. */
  long customerVersions() {
    return all(ShopDay::customers).filter(change -> !change.deleted()).count();
  }

  /** How many products are on sale. */
  long productsOnSale() {
    Map<String, ProductChange> newest = new HashMap<>();
    all(ShopDay::products).forEach(product -> newest.put(product.id(), product));
    return newest.values().stream().filter(product -> !product.withdrawn()).count();
  }

  /** How many pieces lay in the warehouses when they were last counted. */
  long piecesInStock() {
    return days.get(days.size() - 1).stock().stream().mapToLong(StockCount::quantity).sum();
  }

  /** How many visits ended in a purchase. */
  long purchases() {
    return all(ShopDay::clicks).filter(click -> click.type().equals("purchase")).count();
  }

  /** How often the cold stores' sensors told a temperature. */
  long readings() {
    return all(ShopDay::readings).count();
  }

  /** The rows that were delivered late, of all days. */
  List<CustomerChange> lateChanges() {
    return all(ShopDay::lateChanges).toList();
  }

  /** How many of a customer's orders were placed while they lived in each city, as known now. */
  Map<String, Long> ordersByCity(String customerId) {
    Map<String, Long> counts = new TreeMap<>();
    orders.values().stream()
        .filter(order -> order.customerId().equals(customerId))
        .forEach(order -> counts.merge(city(customerId, order.orderedAt()), 1L, Long::sum));
    return counts;
  }

  private String city(String customerId, Instant at) {
    return all(ShopDay::customers)
        .filter(change -> change.id().equals(customerId))
        .filter(change -> !change.at().atZone(OrderBook.ZONE).toInstant().isAfter(at))
        .max(Comparator.comparing(CustomerChange::at))
        .orElseThrow()
        .city();
  }

  /** Every order as it stands now. */
  Collection<OrderChange> orders() {
    return orders.values();
  }

  List<OrderItem> items(OrderChange order) {
    return items.get(order.id());
  }

  BigDecimal amount(OrderChange order) {
    return sales(order).revenue();
  }

  private Sales sales(OrderChange order) {
    List<OrderItem> lines = items.get(order.id());
    BigDecimal amount = sum(lines, OrderItem::amount);
    return new Sales(
        date(order),
        1,
        lines.stream().mapToLong(OrderItem::quantity).sum(),
        amount,
        amount.divide(GROSS, 2, RoundingMode.HALF_UP).subtract(sum(lines, OrderItem::cost)));
  }

  private static BigDecimal sum(List<OrderItem> lines, Function<OrderItem, BigDecimal> part) {
    return lines.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Sales sum(Sales a, Sales b) {
    return new Sales(
        a.date(),
        a.orders() + b.orders(),
        a.units() + b.units(),
        a.revenue().add(b.revenue()),
        a.profit().add(b.profit()));
  }

  private static LocalDate date(OrderChange order) {
    return LocalDate.ofInstant(order.orderedAt(), OrderBook.ZONE);
  }

  private static OrderChange newer(OrderChange a, OrderChange b) {
    return b.updatedAt().isAfter(a.updatedAt()) ? b : a;
  }

  private <T> Stream<T> all(Function<ShopDay, List<T>> part) {
    return days.stream().flatMap(day -> part.apply(day).stream());
  }
}
