package io.assay.app.demo;

import java.math.BigDecimal;

/**
 * A line of an order; it never changes.
 *
 * @param line from 1 within the order
 * @param unitPrice pounds, two decimals, as it was when the order was placed
 * @param unitCost what the shop paid for one, in pounds without tax, two decimals
 */
record OrderItem(
    String orderId,
    int line,
    String productId,
    int quantity,
    BigDecimal unitPrice,
    BigDecimal unitCost) {

  BigDecimal amount() {
    return unitPrice.multiply(BigDecimal.valueOf(quantity));
  }

  BigDecimal cost() {
    return unitCost.multiply(BigDecimal.valueOf(quantity));
  }
}
