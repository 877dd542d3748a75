package io.assay.silver.history;

import io.assay.config.History;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.contract.ContractSchema;
import io.assay.table.TableName;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a dataset's contract and configuration say of its history.
 *
 * @param versioned whether every version is kept (scd2), or only the current rows (scd1)
 * @param columns the contract's columns, typed, all nullable
 * @param key the key's columns, in order
 * @param attributes the columns that are part of an event's content: neither key nor sequence
 * @param tracked the columns whose change opens a version. Sequence and valid time say when, not
 *     what, so they are tracked only if {@code only} names them
 * @param timed whether the valid time is another column than the first of the sequence, so that it
 *     can go back while the sequence goes on
 * @param contract what stored schemas take from the contract
 * @param events the table that remembers every event
 * @param stored the table that people read: versions, or current rows
 */
public record HistoryDefinition(
    boolean versioned,
    StructType columns,
    List<StructField> key,
    List<StructField> attributes,
    List<StructField> tracked,
    boolean timed,
    ContractSchema contract,
    TableName events,
    TableName stored) {

  /**
   * The definition of a dataset.
   *
   * @param dataset its name
   * @param history not {@code keep: none}
   */
  public static HistoryDefinition of(String dataset, History history, Contract contract) {
    StructType columns = new StructType();
    for (ContractColumn column : contract.columns()) {
      columns = columns.add(field(column));
    }
    boolean versioned = history.keep() == History.Keep.SCD2;
    List<StructField> key = contract.key().stream().map(HistoryDefinition::field).toList();
    List<StructField> attributes =
        List.of(columns.fields()).stream()
            .filter(field -> !key.contains(field) && !history.sequence().contains(field.name()))
            .toList();
    return new HistoryDefinition(
        versioned,
        columns,
        key,
        attributes,
        List.of(columns.fields()).stream()
            .filter(field -> !key.contains(field) && tracks(history, field.name()))
            .toList(),
        history.validTime().isPresent()
            && !history.validTime().get().equals(history.sequence().get(0)),
        new ContractSchema(contract),
        TableName.events(dataset),
        versioned ? TableName.history(dataset) : TableName.silver(dataset));
  }

  private static boolean tracks(History history, String column) {
    List<String> only = history.track().only();
    return only.isEmpty()
        ? !history.track().except().contains(column)
            && !history.sequence().contains(column)
            && !history.validTime().equals(Optional.of(column))
        : only.contains(column);
  }

  private static StructField field(ContractColumn column) {
    return new StructField(column.name(), column.type().asNullable(), true, Metadata.empty());
  }
}
