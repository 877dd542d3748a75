package io.assay.app.demo;

import java.time.LocalDateTime;

/**
 * A customer as it is after a change.
 *
 * @param tier {@code standard | silver | gold}
 * @param at when it changed, in the shop's local time
 * @param deleted whether the customer left
 */
record CustomerChange(
    String id,
    String firstName,
    String lastName,
    String email,
    String city,
    String tier,
    LocalDateTime at,
    boolean deleted) {

  CustomerChange movedTo(String newCity, LocalDateTime when) {
    return new CustomerChange(id, firstName, lastName, email, newCity, tier, when, false);
  }

  CustomerChange promotedTo(String newTier, LocalDateTime when) {
    return new CustomerChange(id, firstName, lastName, email, city, newTier, when, false);
  }

  CustomerChange gone(LocalDateTime when) {
    return new CustomerChange(id, firstName, lastName, email, city, tier, when, true);
  }
}
