package io.assay.app.demo;

import java.math.BigDecimal;
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

  ProductChange priced(BigDecimal newPrice, LocalDateTime when) {
    return new ProductChange(id, name, category, newPrice, when, false);
  }

  ProductChange withdrawnAt(LocalDateTime when) {
    return new ProductChange(id, name, category, price, when, true);
  }
}
