package io.assay.app.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;

/**
 * A product as it is after a change.
 *
 * @param price pounds, two decimals
 * @param at when it changed, in the shop's local time
 * @param withdrawn whether it is no longer on sale
 */
record ProductChange(
    String id,
    String name,
    String category,
    BigDecimal price,
    LocalDateTime at,
    boolean withdrawn) {

  /** What the shop pays for one, without tax: 35 to 74 pence of each pound of the price. */
  BigDecimal cost() {
    int number = Integer.parseInt(id.substring(1));
    BigDecimal share = BigDecimal.valueOf(35 + 13 * number % 40, 2);
    return price.multiply(share).setScale(2, RoundingMode.HALF_UP);
  }

  ProductChange priced(BigDecimal newPrice, LocalDateTime when) {
    return new ProductChange(id, name, category, newPrice, when, false);
  }

  ProductChange withdrawnAt(LocalDateTime when) {
    return new ProductChange(id, name, category, price, when, true);
  }
}
