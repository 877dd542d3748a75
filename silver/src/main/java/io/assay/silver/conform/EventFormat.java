package io.assay.silver.conform;

import io.assay.contract.ContractColumn;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * How the records of a source tell what happened. There is one class for each format, and each does
 * the same two things: it makes events of records, and says where an event's fields are found.
 * Everything after that, from casts to history, is the same for all formats.
 */
interface EventFormat {

  /**
   * Bronze rows as events: one row for each event, in which all of bronze's columns stand, with
   * {@link EventParts#EVENT} added and whatever {@link #source} looks into. A record gives at least
   * one row, so that none is lost; the rows after its first are marked additional.
   *
   * @param bronze may have columns of our own besides bronze's
   * @param source as {@link #source} gives it, after all that is taken was asked for
   */
  Dataset<Row> events(Dataset<Row> bronze, SourceView source);

  /** The columns of bronze, or what stands in their place among the events. */
  default StructType shape(StructType bronze) {
    return bronze;
  }

  /** Where the fields of an event are found, by name. */
  SourceView source(StructType bronze);

  /** A contract's column as the format writes its values, where that is not how text does. */
  default ContractColumn written(ContractColumn column) {
    return column;
  }

  /**
   * What orders an event, by a name that is no column of the contract.
   *
   * @return empty if the format knows no such name
   */
  default Optional<Column> position(String name) {
    return Optional.empty();
  }

  /**
   * What times an event, by a name that is no column of the contract; timestamp.
   *
   * @return empty if the format knows no such name
   */
  default Optional<Column> time(String name) {
    return Optional.empty();
  }
}
