package io.assay.app.demo;

import java.time.LocalDate;
import java.util.List;

/**
 * What the shop's systems deliver for one day, without dirt.
 *
 * @param customers changes in the order of delivery; one of an earlier day may be among them
 * @param lateChanges those of {@code customers} that were made on an earlier day
 */
record ShopDay(
    LocalDate date,
    List<CustomerChange> customers,
    List<CustomerChange> lateChanges,
    List<ProductChange> products,
    List<OrderChange> orders,
    List<OrderItem> items,
    List<Payment> payments) {}
