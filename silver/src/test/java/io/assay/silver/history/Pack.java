package io.assay.silver.history;

import io.assay.silver.history.NaiveHistory.Event;
import io.assay.silver.history.NaiveHistory.Truncate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What one table gets: many feeds, kept apart by a tenant that prefixes the key.
 *
 * @param feeds one per tenant
 * @param truncates they concern every tenant
 */
record Pack(List<List<Arrival>> feeds, List<Cleared> truncates) {

  /** An event of one of a feed's keys, in one of its batches. */
  record Arrival(String user, int batch, Event event) {}

  /** A truncate, in one of the batches. */
  record Cleared(int batch, Truncate truncate) {}

  /** The batches that there are. */
  int batches() {
    return 1
        + Stream.concat(
                feeds.stream().flatMap(List::stream).map(Arrival::batch),
                truncates.stream().map(Cleared::batch))
            .max(Integer::compare)
            .orElse(0);
  }

  List<Truncate> allTruncates() {
    return truncates.stream().map(Cleared::truncate).toList();
  }

  /** How many different events there are. */
  long distinct() {
    return allTruncates().stream().distinct().count()
        + feeds.stream()
            .mapToLong(
                feed ->
                    feed.stream()
                        .map(arrival -> arrival.user() + arrival.event())
                        .distinct()
                        .count())
            .sum();
  }

  /**
   * The rows of a batch.
   *
   * @param timed whether the valid time is an attribute, else it is the sequence
   */
  List<Row> rows(int batch, boolean timed) {
    List<Row> rows = new ArrayList<>();
    for (Cleared cleared : truncates) {
      Truncate truncate = cleared.truncate();
      if (cleared.batch() == batch) {
        rows.add(
            RowFactory.create(
                null,
                "nobody",
                null,
                null,
                truncate.at(),
                "truncate",
                RowFactory.create(truncate.major(), truncate.minor()),
                timed ? truncate.at() : truncate.major()));
      }
    }
    for (int tenant = 0; tenant < feeds.size(); tenant++) {
      for (Arrival arrival : feeds.get(tenant)) {
        if (arrival.batch() == batch) {
          rows.add(row(tenant, arrival, timed));
        }
      }
    }
    return rows;
  }

  private static Row row(int tenant, Arrival arrival, boolean timed) {
    Event event = arrival.event();
    return RowFactory.create(
        tenant,
        arrival.user(),
        event.name(),
        event.city(),
        event.at(),
        event.operation().name().toLowerCase(Locale.ROOT),
        RowFactory.create(event.major(), event.minor()),
        timed ? event.at() : event.major());
  }
}
