package io.assay.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lies in the shop's warehouses. It is counted before the shop opens; what has run low then is
 * filled up at once, and what is ordered leaves during the day.
 */
final class Stock {
  static final List<String> WAREHOUSES = List.of("Bristol", "Leeds");
  private static final int LEAST = 60;

  private final int full;
  private final Map<String, int[]> quantities = new TreeMap<>();

  /**
   * @param ordersADay no product is ordered so often from one warehouse that two thirds of it would
   *     not last a day
   */
  Stock(int ordersADay) {
    this.full = Math.max(LEAST, ordersADay);
  }

  /** The morning's count of every product on sale, by product and warehouse. */
  List<StockCount> count(List<ProductChange> onSale) {
    List<StockCount> counts = new ArrayList<>();
    for (ProductChange product : onSale) {
      int[] here = quantities.computeIfAbsent(product.id(), id -> new int[] {full, full});
      for (int warehouse = 0; warehouse < here.length; warehouse++) {
        counts.add(
            new StockCount(
                product.id(), WAREHOUSES.get(warehouse), here[warehouse], reorderLevel()));
      }
    }
    return counts;
  }

  /** What has run low is filled up; then what is ordered leaves, each order from one warehouse. */
  void trade(List<OrderItem> items) {
    quantities.values().forEach(this::fillUp);
    for (OrderItem item : items) {
      int warehouse = Integer.parseInt(item.orderId().substring(1)) % WAREHOUSES.size();
      quantities.get(item.productId())[warehouse] -= item.quantity();
    }
  }

  private void fillUp(int[] here) {
    for (int warehouse = 0; warehouse < here.length; warehouse++) {
      if (here[warehouse] <= reorderLevel()) {
        here[warehouse] = full;
      }
    }
  }

  private int reorderLevel() {
    return full * 2 / 3;
  }
}
