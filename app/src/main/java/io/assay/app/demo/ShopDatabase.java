package io.assay.app.demo;

import io.assay.app.demo.RowChange.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The web shop's database: what happens in the shop as changes of rows in three tables. It knows
 * which rows there are, so days are given to it in their order, each once.
 */
final class ShopDatabase {
  static final String PRODUCTS = "products";
  static final String ORDERS = "orders";
  static final String ITEMS = "order_items";

  private final Set<String> products = new HashSet<>();

  /** A day's changes in the order of their commits. */
  List<RowChange> changes(ShopDay day) {
    List<RowChange> changes = new ArrayList<>();
    day.products().forEach(product -> changes.add(change(product)));
    day.orders().forEach(order -> changes.add(change(order)));
    Map<String, Instant> placed =
        day.orders().stream()
            .filter(order -> order.status().equals("placed"))
            .collect(Collectors.toMap(OrderChange::id, OrderChange::orderedAt));
    day.items().forEach(item -> changes.add(change(item, placed.get(item.orderId()))));
    changes.sort(Comparator.comparing(RowChange::at));
    return changes;
  }

  private RowChange change(ProductChange product) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("product_id", product.id());
    row.put("name", product.name());
    row.put("category", product.category());
    row.put("price", product.price());
    Instant at = product.at().atZone(OrderBook.ZONE).toInstant();
    row.put("updated_at", at);
    boolean known = !products.add(product.id());
    Kind kind = product.withdrawn() ? Kind.DELETE : known ? Kind.UPDATE : Kind.INSERT;
    return change(PRODUCTS, kind, List.of("product_id"), row, at);
  }

  private static RowChange change(OrderChange order) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("order_id", order.id());
    row.put("customer_id", order.customerId());
    row.put("status", order.status());
    row.put("delivery_method", order.delivery());
    row.put("is_gift", order.gift());
    row.put("ordered_at", order.orderedAt());
    row.put("updated_at", order.updatedAt());
    Kind kind = order.status().equals("placed") ? Kind.INSERT : Kind.UPDATE;
    return change(ORDERS, kind, List.of("order_id"), row, order.updatedAt());
  }

  private static RowChange change(OrderItem item, Instant placedAt) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("order_id", item.orderId());
    row.put("line_no", item.line());
    row.put("product_id", item.productId());
    row.put("quantity", item.quantity());
    row.put("unit_price", item.unitPrice());
    row.put("unit_cost", item.unitCost());
    return change(ITEMS, Kind.INSERT, List.of("order_id", "line_no"), row, placedAt);
  }

  private static RowChange change(
      String table, Kind kind, List<String> key, Map<String, Object> row, Instant at) {
    Map<String, Object> values =
        key.stream()
            .collect(
                Collectors.toMap(Function.identity(), row::get, (a, b) -> a, LinkedHashMap::new));
    return new RowChange(table, kind, values, row, at);
  }
}
