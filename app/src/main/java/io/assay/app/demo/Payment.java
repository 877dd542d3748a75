package io.assay.app.demo;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Money that came in.
 *
 * @param orderId the order it is for, as the payer gave it: it may not exist
 * @param method {@code card | transfer | voucher}
 * @param amount pounds, two decimals
 */
record Payment(String id, String orderId, String method, BigDecimal amount, Instant paidAt) {}
