package io.assay.contract;

import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/**
 * One column of a contract.
 *
 * @param name the column's name in silver or gold: lower-case letters, digits, underscores
 * @param physicalName the source column it is copied from by default; empty: the column of the same
 *     name
 * @param type the column's Spark type, from the contract's physicalType, or else its logicalType
 * @param required whether a null breaks the rule {@code NAME_required}
 * @param keyPosition the column's position in the primary key, from 1; empty if it is no part of it
 * @param format how the source writes dates and times, as a Spark pattern; empty: ISO 8601
 * @param personal whether the column is tagged {@code pii}
 * @param description the column's meaning; becomes its comment
 */
public record ContractColumn(
    String name,
    Optional<String> physicalName,
    DataType type,
    boolean required,
    Optional<Integer> keyPosition,
    Optional<String> format,
    boolean personal,
    Optional<String> description) {

  /** The same column, written another way by its source. */
  public ContractColumn written(String as) {
    return new ContractColumn(
        name, physicalName, type, required, keyPosition, Optional.of(as), personal, description);
  }

  ContractColumn withKeyPosition(int position) {
    return new ContractColumn(
        name, physicalName, type, required, Optional.of(position), format, personal, description);
  }
}
