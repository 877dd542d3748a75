package io.assay.app.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the marts of analysts and watchmen must say, computed as {@link ShopTruth} is. */
final class MartTruth {
  private static final int PLACES = 5;
  private static final int OFTEN = 3;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final BigDecimal LARGE = BigDecimal.valueOf(150);
  private static final BigDecimal TIMES = BigDecimal.valueOf(3);

  private final List<ShopDay> days;
  private final ShopTruth shop;

  /** The truth after these days were delivered. */
  MartTruth(List<ShopDay> days) {
    this.days = List.copyOf(days);
    this.shop = new ShopTruth(days);
  }

  /** Customers who are known or have ordered, and what all of them brought in. */
  record Worth(long customers, BigDecimal value, BigDecimal profit) {}

  /** Visits, by how far they came. */
  record Funnel(long visits, long carts, long checkouts, long purchases) {}

  /** Sensors' hours, and the readings in them. */
  record Hours(long hours, long readings) {}

  /** By day: whether it is over or going on, and what it brought in. */
  Map<LocalDate, String> live() {
    List<ShopTruth.Sales> sales = shop.sales();
    LocalDate newest = sales.get(sales.size() - 1).date();
    Map<LocalDate, String> live = new TreeMap<>();
    for (ShopTruth.Sales day : sales) {
      String part = day.date().equals(newest) ? "present " : "past ";
      live.put(day.date(), part + day.revenue() + " " + day.profit());
    }
    return live;
  }

  /** How many lines all orders have. */
  long lines() {
    return all(ShopDay::items).count();
  }

  /** How many products were ever on sale. */
  long products() {
    return all(ShopDay::products).map(ProductChange::id).distinct().count();
  }

  /** What is to be ordered in: product and warehouse. */
  Set<String> reorders() {
    return days.get(days.size() - 1).stock().stream()
        .filter(count -> count.quantity() <= count.reorderLevel())
        .map(count -> count.productId() + " " + count.warehouse())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Worth worth() {
    Set<String> customers = new HashSet<>();
    all(ShopDay::customers).filter(change -> !change.deleted()).forEach(c -> customers.add(c.id()));
    all(ShopDay::customers).filter(CustomerChange::deleted).forEach(c -> customers.remove(c.id()));
    shop.orders().forEach(order -> customers.add(order.customerId()));
    return new Worth(
        customers.size(),
        shop.sales().stream().map(ShopTruth.Sales::revenue).reduce(BigDecimal::add).orElseThrow(),
        shop.sales().stream().map(ShopTruth.Sales::profit).reduce(BigDecimal::add).orElseThrow());
  }

  Funnel funnel() {
    return new Funnel(
        visits("view", "cart", "checkout", "purchase"),
        visits("cart", "checkout", "purchase"),
        visits("checkout", "purchase"),
        visits("purchase"));
  }

  private long visits(String... steps) {
    Set<String> wanted = Set.of(steps);
    return all(ShopDay::clicks)
        .filter(click -> wanted.contains(click.type()))
        .map(Click::sessionId)
        .distinct()
        .count();
  }

  ClickTruth clicks() {
    return new ClickTruth(days);
  }

  Hours hours() {
    return new Hours(
        all(ShopDay::readings)
            .map(reading -> reading.sensorId() + reading.readAt().truncatedTo(ChronoUnit.HOURS))
            .distinct()
            .count(),
        shop.readings());
  }

  /** By product: what is bought with it more often than by chance, the best first. */
  Map<String, List<String>> recommendations() {
    List<Set<String>> orders = new ArrayList<>();
    for (OrderChange order : shop.orders()) {
      if (!order.status().equals("cancelled")) {
        orders.add(
            shop.items(order).stream().map(OrderItem::productId).collect(Collectors.toSet()));
      }
    }
    Map<String, Long> alone = new HashMap<>();
    Map<String, Map<String, Long>> together = new TreeMap<>();
    for (Set<String> order : orders) {
      for (String product : order) {
        alone.merge(product, 1L, Long::sum);
        Map<String, Long> others = together.computeIfAbsent(product, id -> new HashMap<>());
        order.stream().filter(o -> !o.equals(product)).forEach(o -> others.merge(o, 1L, Long::sum));
      }
    }
    Map<String, List<String>> best = new TreeMap<>();
    together.forEach(
        (product, others) -> {
          List<Pair> pairs = new ArrayList<>();
          others.forEach(
              (other, count) -> {
                double lift =
                    (double) count * orders.size() / (alone.get(product) * alone.get(other));
                pairs.add(
                    new Pair(
                        other, count, BigDecimal.valueOf(lift).setScale(4, RoundingMode.HALF_UP)));
              });
          List<String> places = places(pairs);
          if (!places.isEmpty()) {
            best.put(product, places);
          }
        });
    return best;
  }

  private record Pair(String other, long together, BigDecimal lift) {}

  private static List<String> places(List<Pair> pairs) {
    return pairs.stream()
        .filter(pair -> pair.together() >= OFTEN && pair.lift().compareTo(BigDecimal.ONE) > 0)
        .sorted(
            Comparator.comparing(Pair::lift)
                .thenComparing(Pair::together)
                .reversed()
                .thenComparing(Pair::other))
        .limit(PLACES)
        .map(Pair::other)
        .toList();
  }

  /** Order and alert: what was too much. */
  Map<String, BigDecimal> alerts() {
    Map<String, BigDecimal> alerts = new TreeMap<>();
    shop.orders().stream()
        .collect(Collectors.groupingBy(OrderChange::customerId))
        .values()
        .forEach(orders -> alerts(orders, alerts));
    return alerts;
  }

  private void alerts(List<OrderChange> ofCustomer, Map<String, BigDecimal> alerts) {
    List<OrderChange> orders =
        ofCustomer.stream()
            .sorted(Comparator.comparing(OrderChange::orderedAt).thenComparing(OrderChange::id))
            .toList();
    BigDecimal before = BigDecimal.ZERO;
    for (int number = 0; number < orders.size(); number++) {
      OrderChange order = orders.get(number);
      long ofHour = orders.stream().filter(other -> isWithinHour(other, order)).count();
      if (ofHour >= OFTEN) {
        alerts.put(order.id() + " velocity", BigDecimal.valueOf(ofHour).setScale(2));
      }
      BigDecimal amount = shop.amount(order);
      if (number >= OFTEN && amount.compareTo(LARGE) >= 0) {
        BigDecimal usual = before.divide(BigDecimal.valueOf(number), 2, RoundingMode.HALF_UP);
        if (amount.compareTo(usual.multiply(TIMES)) > 0) {
          alerts.put(order.id() + " amount", amount);
        }
      }
      before = before.add(amount);
    }
  }

  private static boolean isWithinHour(OrderChange other, OrderChange order) {
    Duration before = Duration.between(other.orderedAt(), order.orderedAt());
    return !before.isNegative() && before.compareTo(HOUR) <= 0;
  }

  private <T> Stream<T> all(Function<ShopDay, List<T>> part) {
    return days.stream().flatMap(day -> part.apply(day).stream());
  }
}
