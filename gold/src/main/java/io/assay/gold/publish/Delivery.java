package io.assay.gold.publish;

import io.assay.batch.StagedRows;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a batch brings: the rows that came and changed, and the keys that are gone.
 *
 * @param from what the destination holds before; empty if nothing, or nothing that counts
 * @param until what it holds behind it, with no counts yet
 * @param begun deliveries that may have left rows there: then it names every key that they named
 * @param whole whether these are all rows of the mart, so that any other row there is gone
 * @param staged in the destination's {@link Form}, each row of a key once
 */
record Delivery(
    Optional<Position> from,
    Position until,
    Optional<Begun> begun,
    boolean whole,
    StagedRows staged) {

  /** The rows, in no order. */
  Iterator<Row> rows(SparkSession spark) {
    return staged.read(spark).toLocalIterator();
  }

  /** How many rows are upserts. */
  long coming() {
    return staged.number(StagedDelivery.COMING);
  }

  /** How many are keys that are gone. */
  long going() {
    return staged.number(StagedDelivery.GOING);
  }

  /** Whether the destination holds it when nothing but its position is changed. */
  boolean isEmpty() {
    return !whole && coming() + going() == 0;
  }

  Dataset<Row> dataset(SparkSession spark) {
    return staged.read(spark);
  }
}
