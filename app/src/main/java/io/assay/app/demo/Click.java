package io.assay.app.demo;

import java.time.Instant;

/**
 * Something that a visitor did on the shop's pages.
 *
 * @param customerId null while nobody has signed in
 * @param type {@code view | cart | checkout | purchase}
 * @param productId null where it is about no product
 */
record Click(
    String id,
    String sessionId,
    String customerId,
    String type,
    String productId,
    String page,
    Instant at) {}
