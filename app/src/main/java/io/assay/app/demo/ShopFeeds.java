package io.assay.app.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is no change of a row, as lines: CSV from the office and the warehouses, JSON messages. */
final class ShopFeeds {
  static final String CUSTOMERS_HEADER =
      "customer_id,first_name,last_name,email,city,tier,updated_at,op";
  static final String STOCK_HEADER = "product_id,warehouse,quantity,reorder_level";

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

  static String line(StockCount count) {
    return String.join(
        ",",
        List.of(
            count.productId(),
            count.warehouse(),
            Integer.toString(count.quantity()),
            Integer.toString(count.reorderLevel())));
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

  static String line(Click click) {
    ObjectNode json = JSON.createObjectNode();
    json.put("event_id", click.id());
    json.put("session_id", click.sessionId());
    json.put("customer_id", click.customerId());
    json.put("type", click.type());
    json.put("product_id", click.productId());
    json.put("page", click.page());
    json.put("event_time", click.at().toString());
    return json.toString();
  }

  static String line(SensorReading reading) {
    ObjectNode json = JSON.createObjectNode();
    json.put("sensor_id", reading.sensorId());
    json.put("warehouse", reading.warehouse());
    json.put("celsius", reading.celsius());
    json.put("read_at", reading.readAt().toString());
    return json.toString();
  }

  /**
   * The answers of the sensors' API: each names the next one, by the number of its first reading.
   */
  static List<String> pages(List<String> readings, int size) {
    List<String> pages = new ArrayList<>();
    for (int first = 0; first < readings.size(); first += size) {
      int next = Math.min(first + size, readings.size());
      String more = next < readings.size() ? ",\"next\":\"" + next + "\"" : "";
      pages.add(
          "{\"readings\":[" + String.join(",", readings.subList(first, next)) + "]" + more + "}");
    }
    return pages;
  }
}
