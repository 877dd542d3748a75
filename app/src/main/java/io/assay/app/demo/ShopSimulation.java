package io.assay.app.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A web shop, day by day. The same seed, scale and first day give the same shop, on any machine:
 * {@link Random}'s sequence is specified.
 */
final class ShopSimulation {
  private static final int CUSTOMERS = 400;
  private static final int PRODUCTS = 80;
  private static final int ORDERS_A_DAY = 300;

  private final CustomerBase customers;
  private final ProductRange products;
  private final OrderBook orders;
  private final Stock stock;
  private final Visits visits;
  private final ColdStores coldStores;
  private final int customerCount;
  private final int productCount;
  private final int orderCount;
  private final LocalDate first;
  private LocalDate next;

  /**
   * @param scale 1 is 400 customers, 80 products and 300 orders a day
   * @param first the day the shop opens
   */
  ShopSimulation(long seed, double scale, LocalDate first) {
    Random random = new Random(seed);
    this.customerCount = scaled(CUSTOMERS, scale);
    this.productCount = scaled(PRODUCTS, scale);
    this.orderCount = scaled(ORDERS_A_DAY, scale);
    this.customers = new CustomerBase(random, customerCount);
    this.products = new ProductRange(random, productCount);
    this.orders = new OrderBook(random, customers, products);
    this.stock = new Stock(orderCount);
    this.visits = new Visits(new Random(~seed));
    this.coldStores = new ColdStores(new Random(~seed));
    this.first = first;
    this.next = first;
  }

  /** The first days of the shop. */
  List<ShopDay> days(int count) {
    List<ShopDay> days = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      days.add(nextDay());
    }
    return days;
  }

  private ShopDay nextDay() {
    LocalDate date = next;
    next = date.plusDays(1);
    boolean opening = date.equals(first);
    List<CustomerChange> people =
        opening ? customers.open(date, customerCount) : customers.change(date, customerCount);
    ShopDay day =
        new ShopDay(
            date,
            people,
            opening
                ? List.of()
                : people.stream()
                    .filter(person -> person.at().isBefore(date.atStartOfDay()))
                    .toList(),
            opening ? products.open(date, productCount) : products.change(date),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            stock.count(products.onSale()),
            new ArrayList<>(),
            coldStores.read(date));
    orders.trade(date, orderCount, day);
    stock.trade(day.items());
    day.clicks().addAll(visits.of(date, day.orders(), day.items()));
    return day;
  }

  private static int scaled(int size, double scale) {
    return Math.max(10, (int) Math.round(size * scale));
  }
}
