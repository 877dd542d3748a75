package io.assay.app.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The shop's events as the lines of its feeds: CSV from the office, JSON lines from the web. */
final class ShopFeeds {
  static final String CUSTOMERS_HEADER =
      "customer_id,first_name,last_name,email,city,tier,updated_at,op";
  static final String PRODUCTS_HEADER = "product_id,name,category,price,updated_at";
  static final String ITEMS_HEADER = "order_id,line_no,product_id,quantity,unit_price";

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final ObjectMapper JSON = new ObjectMapper();

  private ShopFeeds() {}

  static String line(CustomerChange customer) {
    return String.join(
        ",",
        List.of(
            customer.id(),
            customer.firstName(),
            customer.lastName(),
            customer.email(),
            customer.city(),
            customer.tier(),
            LOCAL.format(customer.at()),
            customer.deleted() ? "D" : "U"));
  }

  static String line(ProductChange product) {
    return String.join(
        ",",
        List.of(
            product.id(),
            product.name(),
            product.category(),
            product.price().toPlainString(),
            LOCAL.format(product.at())));
  }

  static String line(OrderItem item) {
    return String.join(
        ",",
        List.of(
            item.orderId(),
            Integer.toString(item.line()),
            item.productId(),
            Integer.toString(item.quantity()),
            item.unitPrice().toPlainString()));
  }

  static String line(OrderChange order) {
    ObjectNode json = JSON.createObjectNode();
    json.put("order_id", order.id());
    json.put("customer_id", order.customerId());
    json.put("status", order.status());
    json.putObject("delivery").put("method", order.delivery()).put("gift", order.gift());
    json.put("ordered_at", order.orderedAt().toString());
    json.put("updated_at", order.updatedAt().toString());
    return json.toString();
  }

  static String line(Payment payment) {
    ObjectNode json = JSON.createObjectNode();
    json.put("payment_id", payment.id());
    json.put("order_id", payment.orderId());
    json.put("method", payment.method());
    json.put("amount", payment.amount().toPlainString());
    json.put("paid_at", payment.paidAt().toString());
    return json.toString();
  }
}
