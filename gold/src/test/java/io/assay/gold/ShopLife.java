package io.assay.gold;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The random life of many small shops, whose silver tables are those that the marts of {@code conf}
 * read. The shops share the tables, and nothing else: no order, customer, product or day.
 */
final class ShopLife {
  /** Columns of each silver table, and how many of them, from the first on, are its key. */
  record Table(String name, int key, String columns) {}

  static final Table ORDERS =
      new Table(
          "silver.orders",
          1,
          "order_id string, customer_id string, status string, delivery_method string,"
              + " is_gift boolean, ordered_at timestamp");
  static final Table ITEMS =
      new Table(
          "silver.order_items",
          2,
          "order_id string, line_no int, product_id string, quantity int,"
              + " unit_price decimal(12,2), unit_cost decimal(12,2)");
  static final Table PAYMENTS =
      new Table("silver.payments", 1, "payment_id string, order_id string, amount decimal(12,2)");
  static final Table CUSTOMERS =
      new Table(
          "silver.customers_history",
          1,
          "version_id string, customer_id string, city string, tier string,"
              + " valid_from timestamp, valid_to timestamp, is_current boolean");
  static final Table PRODUCTS =
      new Table(
          "silver.products_history",
          1,
          "version_id string, product_id string, name string, category string,"
              + " price decimal(12,2), valid_from timestamp, valid_to timestamp,"
              + " is_current boolean");
  static final Table CLICKS =
      new Table(
          "silver.clickstream",
          1,
          "event_id string, session_id string, customer_id string, event_time timestamp,"
              + " type string, product_id string");
  static final Table READINGS =
      new Table(
          "silver.sensors",
          2,
          "sensor_id string, read_at timestamp, warehouse string, celsius decimal(4,1)");
  static final List<Table> TABLES =
      List.of(ORDERS, ITEMS, PAYMENTS, CUSTOMERS, PRODUCTS, CLICKS, READINGS);

  private static final long OPENING = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
  private static final int DAYS = 14;
  private static final int MINUTES = DAYS * 1440;
  private static final int ORDER_IDS = 10;
  private static final String[] STATUS = {"placed", "paid", "shipped", "cancelled"};
  private static final String[] CLICK = {"view", "cart", "checkout", "purchase"};

  private final Random random;
  private final int shops;
  private final Map<Table, SortedMap<String, Row>> rows = new HashMap<>();
  private int next;

  ShopLife(long seed, int shops) {
    this.random = new Random(seed);
    this.shops = shops;
    TABLES.forEach(table -> rows.put(table, new TreeMap<>()));
  }

  /** The rows of a table as they are, by key. */
  SortedMap<String, Row> rows(Table table) {
    return new TreeMap<>(rows.get(table));
  }

  /** A batch of changes, of random size, to each shop. */
  void live(int most) {
    for (int shop = 0; shop < shops; shop++) {
      int changes = 1 + random.nextInt(most);
      for (int i = 0; i < changes; i++) {
        change(shop);
      }
    }
  }

  private void change(int shop) {
    switch (random.nextInt(14)) {
      case 0, 1 -> putOrder(shop);
      case 2 -> remove(ORDERS, shop);
      case 3, 4, 5 -> putItem(shop);
      case 6 -> remove(ITEMS, shop);
      case 7 -> putPayment(shop);
      case 8 -> remove(PAYMENTS, shop);
      case 9, 10 -> repairCustomer(shop);
      case 11 -> repairProduct(shop);
      case 12 -> click(shop);
      default -> read(shop);
    }
  }

  private String id(String kind, int shop, int number) {
    return "%s%03d-%d".formatted(kind, shop, number);
  }

  private Timestamp at(int shop, int minute) {
    return Timestamp.from(Instant.ofEpochSecond(OPENING + ((long) shop * MINUTES + minute) * 60L));
  }

  private Timestamp anyTime(int shop) {
    return at(shop, random.nextInt(MINUTES - 1440));
  }

  private void put(Table table, Object... values) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < table.key(); i++) {
      key.append(values[i]).append('|');
    }
    rows.get(table).put(key.toString(), RowFactory.create(values));
  }

  /** Removes one of a shop's rows; its ids have the shop's number after their first letter. */
  private void remove(Table table, int shop) {
    String number = "%03d-".formatted(shop);
    List<String> own =
        rows.get(table).keySet().stream().filter(key -> key.startsWith(number, 1)).toList();
    if (!own.isEmpty()) {
      rows.get(table).remove(own.get(random.nextInt(own.size())));
    }
  }

  private void putOrder(int shop) {
    put(
        ORDERS,
        id("O", shop, random.nextInt(ORDER_IDS)),
        // Some customers are never heard of.
        id("C", shop, random.nextInt(5)),
        STATUS[random.nextInt(STATUS.length)],
        "parcel",
        random.nextBoolean(),
        anyTime(shop));
  }

  private void putItem(int shop) {
    BigDecimal price = BigDecimal.valueOf(100 + random.nextInt(9900), 2);
    put(
        ITEMS,
        // Some lines come before their order.
        id("O", shop, random.nextInt(ORDER_IDS + 1)),
        1 + random.nextInt(4),
        id("P", shop, random.nextInt(4)),
        1 + random.nextInt(7),
        price,
        BigDecimal.valueOf(50 + random.nextInt(5000), 2));
  }

  private void putPayment(int shop) {
    put(
        PAYMENTS,
        id("Y", shop, random.nextInt(12)),
        id("O", shop, random.nextInt(ORDER_IDS + 2)),
        BigDecimal.valueOf(1 + random.nextInt(20_000), 2));
  }

  /** A late event: a customer's history is told anew, with other bounds. */
  private void repairCustomer(int shop) {
    String customer = id("C", shop, random.nextInt(4));
    rows.get(CUSTOMERS).keySet().removeIf(key -> key.contains(customer + "/"));
    for (Span span : spans(shop)) {
      put(
          CUSTOMERS,
          "V" + customer.substring(1) + customer + "/" + span.number(),
          customer,
          "city " + random.nextInt(4),
          random.nextBoolean() ? "gold" : "basic",
          span.from(),
          span.to(),
          span.to() == null);
    }
  }

  private void repairProduct(int shop) {
    String product = id("P", shop, random.nextInt(4));
    rows.get(PRODUCTS).keySet().removeIf(key -> key.contains(product + "/"));
    for (Span span : spans(shop)) {
      put(
          PRODUCTS,
          "V" + product.substring(1) + product + "/" + span.number(),
          product,
          "name " + random.nextInt(3),
          "category",
          BigDecimal.valueOf(100 + random.nextInt(500), 2),
          span.from(),
          span.to(),
          span.to() == null);
    }
  }

  /** The time that a version holds; open if it has no end. */
  private record Span(int number, Timestamp from, Timestamp to) {}

  private List<Span> spans(int shop) {
    List<Span> spans = new ArrayList<>();
    int versions = random.nextInt(4);
    int from = random.nextInt(3000);
    for (int number = 0; number < versions; number++) {
      int to = from + 1 + random.nextInt(MINUTES / 4);
      boolean open = number == versions - 1 && random.nextBoolean();
      spans.add(new Span(number, at(shop, from), open ? null : at(shop, to)));
      from = to;
    }
    return spans;
  }

  private void click(int shop) {
    put(
        CLICKS,
        id("E", shop, next++),
        id("S", shop, random.nextInt(8)),
        random.nextBoolean() ? null : id("C", shop, 0),
        anyTime(shop),
        CLICK[random.nextInt(CLICK.length)],
        id("P", shop, random.nextInt(4)));
  }

  private void read(int shop) {
    put(
        READINGS,
        id("T", shop, random.nextInt(2)),
        at(shop, 10 * random.nextInt(60)),
        "north",
        BigDecimal.valueOf(random.nextInt(100), 1));
  }
}
