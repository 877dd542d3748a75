package io.assay.gold.incremental;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Many small shops that share tables, each with a number of its own in the column {@code shop}, and
 * each with its own random life.
 */
final class RandomShops {
  static final String ORDERS = "silver.orders";
  static final String ITEMS = "silver.items";
  static final String PAYMENTS = "silver.payments";
  static final String CUSTOMERS = "silver.customers_history";

  private static final String[] STATUS = {"placed", "sent", "cancelled", null};
  private static final int ORDER_IDS = 14;
  private static final int CUSTOMER_IDS = 4;
  private static final int DAYS = 40;

  private final Random random;
  private final int shops;
  private final List<Row> orders = new ArrayList<>();
  private final List<Row> items = new ArrayList<>();
  private final List<Row> payments = new ArrayList<>();
  private final List<Row> customers = new ArrayList<>();
  private int next;

  RandomShops(long seed, int shops) {
    this.random = new Random(seed);
    this.shops = shops;
  }

  static void tables(World world) {
    world.table(ORDERS, "shop int, id int, customer int, day int, status string");
    world.table(
        ITEMS, "shop int, id int, order_id int, product string, quantity int, price decimal(8,2)");
    world.table(PAYMENTS, "shop int, id int, order_id int, amount decimal(10,2)");
    world.table(
        CUSTOMERS, "shop int, id int, tier string, valid_from int, valid_to int, noise int");
  }

  void into(World world) {
    world.set(ORDERS, orders);
    world.set(ITEMS, items);
    world.set(PAYMENTS, payments);
    world.set(CUSTOMERS, customers);
  }

  /** Some batches of changes to every shop. */
  void live(int most) {
    for (int shop = 0; shop < shops; shop++) {
      int changes = 1 + random.nextInt(most);
      for (int i = 0; i < changes; i++) {
        change(shop);
      }
    }
  }

  private void change(int shop) {
    switch (random.nextInt(10)) {
      case 0, 1 -> putOrder(shop, random.nextInt(ORDER_IDS));
      case 2 -> remove(orders, shop);
      case 3, 4 -> items.add(item(shop));
      case 5 -> replace(items, shop, item(shop));
      case 6 -> remove(random.nextBoolean() ? items : payments, shop);
      case 7 -> payments.add(payment(shop));
      case 8 -> replace(payments, shop, payment(shop));
      default -> repair(shop, random.nextInt(CUSTOMER_IDS));
    }
  }

  private void putOrder(int shop, int id) {
    orders.removeIf(row -> row.getInt(0) == shop && row.getInt(1) == id);
    Integer customer = random.nextInt(8) == 0 ? null : random.nextInt(CUSTOMER_IDS + 1);
    orders.add(
        RowFactory.create(
            shop, id, customer, random.nextInt(DAYS), STATUS[random.nextInt(STATUS.length)]));
  }

  private Row item(int shop) {
    return RowFactory.create(
        shop,
        next++,
        random.nextInt(ORDER_IDS),
        "p" + random.nextInt(5),
        random.nextInt(9) == 0 ? null : random.nextInt(6),
        BigDecimal.valueOf(random.nextInt(9999), 2));
  }

  private Row payment(int shop) {
    return RowFactory.create(
        shop,
        next++,
        random.nextInt(ORDER_IDS + 2),
        BigDecimal.valueOf(random.nextInt(3) * 1000, 2));
  }

  private void remove(List<Row> rows, int shop) {
    List<Row> own = rows.stream().filter(row -> row.getInt(0) == shop).toList();
    if (!own.isEmpty()) {
      rows.remove(own.get(random.nextInt(own.size())));
    }
  }

  private void replace(List<Row> rows, int shop, Row by) {
    remove(rows, shop);
    rows.add(by);
  }

  /** A late event: the customer's whole history is told anew, with other bounds. */
  private void repair(int shop, int id) {
    customers.removeIf(row -> row.getInt(0) == shop && row.getInt(1) == id);
    int versions = random.nextInt(4);
    int from = random.nextInt(10);
    for (int i = 0; i < versions; i++) {
      int to = from + 1 + random.nextInt(DAYS / 2);
      boolean open = i == versions - 1 && random.nextBoolean();
      customers.add(
          RowFactory.create(
              shop, id, "t" + random.nextInt(3), from, open ? null : to, random.nextInt(3)));
      from = to;
    }
  }
}
