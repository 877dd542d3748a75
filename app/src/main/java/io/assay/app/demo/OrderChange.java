package io.assay.app.demo;

import java.time.Instant;

/**
 * An order as it is after a change of its status.
 *
 * @param status {@code placed | paid | shipped | delivered | cancelled}
 */
record OrderChange(
    String id,
    String customerId,
    String status,
    String delivery,
    boolean gift,
    Instant orderedAt,
    Instant updatedAt) {

  OrderChange becoming(String newStatus, Instant when) {
    return new OrderChange(id, customerId, newStatus, delivery, gift, orderedAt, when);
  }
}
