package io.assay.app.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Orders from placing to delivery, and the payments for them. A few are cancelled, and a few
 * payments do not match their order.
 */
final class OrderBook {
  /** The zone of the shop's clocks and of its business day. */
  static final ZoneId ZONE = ZoneId.of("Europe/London");

  private final RandomGenerator random;
  private final CustomerBase customers;
  private final ProductRange products;
  private List<OrderChange> toShip = new ArrayList<>();
  private List<OrderChange> toDeliver = new ArrayList<>();
  private int orderNumber;
  private int paymentNumber;

  OrderBook(RandomGenerator random, CustomerBase customers, ProductRange products) {
    this.random = random;
    this.customers = customers;
    this.products = products;
  }

  /** Fills the lists with a day's orders, items and payments. */
  void trade(LocalDate date, int size, ShopDay day) {
    Instant morning = date.atTime(7, 0).atZone(ZONE).toInstant();
    toDeliver.forEach(order -> day.orders().add(order.becoming("delivered", later(morning, 600))));
    toDeliver = toShip;
    toDeliver.replaceAll(order -> order.becoming("shipped", later(morning, 300)));
    day.orders().addAll(toDeliver);
    toShip = new ArrayList<>();
    Map<String, Integer> afternoon = new LinkedHashMap<>();
    Set<String> usual = new HashSet<>();
    for (int count = 0; count < size; count++) {
      OrderChange order = placed(date, day);
      if (order.orderedAt().isAfter(date.atTime(13, 0).atZone(ZONE).toInstant())) {
        afternoon.merge(order.customerId(), 1, Integer::sum);
      } else {
        usual.add(order.customerId());
      }
    }
    afternoon.entrySet().stream()
        .filter(
            buyer -> usual.contains(buyer.getKey()) && customers.mayBeBest(buyer.getKey(), date))
        .max(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .ifPresent(buyer -> customers.best(buyer.getKey(), date));
  }

  private OrderChange placed(LocalDate date, ShopDay day) {
    // Up to 21:00, so that what follows an order at once still belongs to its day; one in forty
    // just
    // after midnight, when UTC has another date than the shop.
    int second = random.nextInt(40) == 0 ? random.nextInt(1_800) : 25_200 + random.nextInt(50_400);
    Instant at = date.atStartOfDay(ZONE).toInstant().plusSeconds(second);
    OrderChange order =
        new OrderChange(
            "O%06d".formatted(++orderNumber),
            customers.drawBuyer().id(),
            "placed",
            random.nextInt(5) == 0 ? "collection" : "courier",
            random.nextInt(8) == 0,
            at,
            at);
    day.orders().add(order);
    BigDecimal due = items(order, day);
    settle(order, due, day);
    return order;
  }

  private BigDecimal items(OrderChange order, ShopDay day) {
    int lines = 1 + random.nextInt(2) + random.nextInt(3);
    BigDecimal due = BigDecimal.ZERO;
    for (int line = 1; line <= lines; line++) {
      ProductChange product = products.draw();
      int quantity = random.nextInt(4) == 0 ? 2 + random.nextInt(4) : 1;
      OrderItem item =
          new OrderItem(order.id(), line, product.id(), quantity, product.price(), product.cost());
      day.items().add(item);
      due = due.add(item.amount());
    }
    return due;
  }

  /** What becomes of an order at once; the shares are per thousand. */
  private void settle(OrderChange order, BigDecimal due, ShopDay day) {
    int fate = random.nextInt(1_000);
    if (fate < 40) {
      day.orders().add(order.becoming("cancelled", later(order.orderedAt(), 90)));
      if (fate < 10) {
        day.payments().add(payment(order.id(), due, later(order.orderedAt(), 20)));
      }
      return;
    }
    OrderChange paid = order.becoming("paid", later(order.orderedAt(), 20));
    day.orders().add(paid);
    toShip.add(paid);
    if (fate < 50) {
      return;
    }
    BigDecimal amount = fate < 60 ? due.subtract(BigDecimal.ONE) : due;
    day.payments().add(payment(order.id(), amount, paid.updatedAt()));
    if (fate >= 995) {
      day.payments().add(payment(order.id(), due, paid.updatedAt().plusSeconds(180)));
    } else if (fate >= 992) {
      day.payments().add(payment("O9" + order.id().substring(2), due, paid.updatedAt()));
    }
  }

  private Payment payment(String orderId, BigDecimal amount, Instant at) {
    String method = List.of("card", "card", "card", "transfer", "voucher").get(random.nextInt(5));
    return new Payment("PAY%07d".formatted(++paymentNumber), orderId, method, amount, at);
  }

  private Instant later(Instant at, int minutes) {
    return at.plusSeconds(60 + random.nextInt(minutes * 60));
  }
}
