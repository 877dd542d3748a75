package io.assay.app.demo;

import java.time.LocalDate;
import java.util.List;

/**
 * What the shop's systems deliver for one day, without dirt.
 *
 * @param customers changes in the order of delivery; one of an earlier day may be among them
 * @param lateChanges those of {@code customers} that were made on an earlier day
 * @param stock as counted before the day's first order
 */
record ShopDay(
    LocalDate date,
    List<CustomerChange> customers,
    List<CustomerChange> lateChanges,
    List<ProductChange> products,
    List<OrderChange> orders,
    List<OrderItem> items,
    List<Payment> payments,
    List<StockCount> stock,
    List<Click> clicks,
    List<SensorReading> readings) {

  /** The same day with other changes of products. */
  ShopDay withProducts(List<ProductChange> changes) {
    return new ShopDay(
        date, customers, lateChanges, changes, orders, items, payments, stock, clicks, readings);
  }
}
