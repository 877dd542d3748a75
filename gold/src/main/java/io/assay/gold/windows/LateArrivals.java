package io.assay.gold.windows;

import static org.apache.spark.sql.functions.lit;

import java.time.Instant;
import org.apache.spark.sql.Column;

/**
 * That some events of a range came too late. Who wrote an event tells when it came, and its time
 * whether that was too late; so the events themselves need not be remembered.
 *
 * @param from the first batch of the events' table in the range
 * @param to the last
 * @param watermark events before it were late
 * @param newest the time of the newest of these
 */
public record LateArrivals(long from, long to, Instant watermark, Instant newest) {
  private static final String SEPARATOR = "/";

  /** Whether an event was among them. */
  Column include(Column batch, Column time) {
    return batch.between(lit(from), lit(to)).and(time.lt(lit(watermark)));
  }

  String text() {
    return from + SEPARATOR + to + SEPARATOR + watermark + SEPARATOR + newest;
  }

  static LateArrivals of(String text) {
    String[] parts = text.split(SEPARATOR, -1);
    return new LateArrivals(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Instant.parse(parts[2]),
        Instant.parse(parts[3]));
  }
}
