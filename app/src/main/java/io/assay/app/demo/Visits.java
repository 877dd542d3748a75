package io.assay.app.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Visits to the shop's pages: one before every order, which ends in a purchase at the order's time,
 * and some of people who only look around.
 */
final class Visits {
  private final RandomGenerator random;
  private int clicks;
  private int sessions;

  Visits(RandomGenerator random) {
    this.random = random;
  }

  /** A day's clicks, by time. */
  List<Click> of(LocalDate date, List<OrderChange> orders, List<OrderItem> items) {
    Map<String, List<OrderItem>> lines =
        items.stream().collect(Collectors.groupingBy(OrderItem::orderId));
    List<Click> day = new ArrayList<>();
    for (OrderChange order : orders) {
      if (order.status().equals("placed")) {
        buy(order, lines.get(order.id()), day);
        if (random.nextInt(3) == 0) {
          look(date, lines.get(order.id()), day);
        }
      }
    }
    day.sort(Comparator.comparing(Click::at).thenComparing(Click::id));
    return day;
  }

  /**
   * Looks at each product, puts it into the cart, and pays; who it is is known from the cart on.
   */
  private void buy(OrderChange order, List<OrderItem> lines, List<Click> day) {
    String session = nextSession();
    String customer = order.customerId();
    Instant at = order.orderedAt().minusSeconds(60 + 30L * lines.size());
    for (OrderItem line : lines) {
      String product = line.productId();
      day.add(click(session, null, "view", product, "/products/" + product, at));
      day.add(click(session, customer, "cart", product, "/cart", at.plusSeconds(20)));
      at = at.plusSeconds(30);
    }
    day.add(click(session, customer, "checkout", null, "/checkout", at.plusSeconds(15)));
    day.add(click(session, customer, "purchase", null, "/thank-you", order.orderedAt()));
  }

  private void look(LocalDate date, List<OrderItem> lines, List<Click> day) {
    String session = nextSession();
    Instant at = date.atTime(8, 0).atZone(OrderBook.ZONE).toInstant();
    at = at.plusSeconds(random.nextInt(43_200));
    for (OrderItem line : lines) {
      String product = line.productId();
      day.add(click(session, null, "view", product, "/products/" + product, at));
      at = at.plusSeconds(5 + random.nextInt(60));
    }
  }

  private Click click(
      String session, String customer, String type, String product, String page, Instant at) {
    return new Click("E%08d".formatted(++clicks), session, customer, type, product, page, at);
  }

  private String nextSession() {
    return "S%06d".formatted(++sessions);
  }
}
