package io.assay.silver.history;

import io.assay.config.Format;
import io.assay.config.History;
import io.assay.config.History.Ties;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.contract.ContractSchema;
import io.assay.table.HistoryColumns;
import io.assay.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a dataset's contract and configuration say of its history.
 *
 * @param versioned whether every version is kept (scd2), or only the current rows (scd1)
 * @param columns the contract's columns, typed, all nullable; then those that it dropped
 * @param dropped the columns that the tables have and the contract has no more; they keep their
 *     values in the versions that have some
 * @param key the key's columns, in order
 * @param attributes the columns that are part of an event's content: neither key nor sequence
 * @param tracked the columns whose change opens a version. Sequence and valid time say when, not
 *     what, so they are tracked only if {@code only} names them
 * @param timed whether the valid time is another column than the first of the sequence, so that it
 *     can go back while the sequence goes on
 * @param ties what becomes of the losers of a tie
 * @param kept the columns in which a null of an upsert means that the value before it stays
 * @param partial whether events may leave out any attribute, and say so
 * @param acceptLate how late an event may be; empty if any age is taken
 * @param contract what stored schemas take from the contract
 * @param events the table that remembers every event
 * @param stored the table that people read: versions, or current rows
 */
public record HistoryDefinition(
    boolean versioned,
    StructType columns,
    List<StructField> dropped,
    List<StructField> key,
    List<StructField> attributes,
    List<StructField> tracked,
    boolean timed,
    Ties ties,
    List<StructField> kept,
    boolean partial,
    Optional<Duration> acceptLate,
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
    return of(dataset, history, contract, Format.PLAIN);
  }

  /**
   * The definition of a dataset with a format of its own.
   *
   * @param dataset its name
   * @param history not {@code keep: none}
   */
  public static HistoryDefinition of(
      String dataset, History history, Contract contract, Format format) {
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
        List.of(),
        key,
        attributes,
        List.of(columns.fields()).stream()
            .filter(field -> !key.contains(field) && tracks(history, field.name()))
            .toList(),
        history.validTime().isPresent()
            && !history.validTime().get().equals(history.sequence().get(0)),
        history.ties(),
        List.of(columns.fields()).stream()
            .filter(field -> history.ignoreNullUpdates().contains(field.name()))
            .toList(),
        format == Format.DEBEZIUM,
        history.acceptLate(),
        new ContractSchema(contract),
        TableName.events(dataset),
        versioned ? TableName.history(dataset) : TableName.silver(dataset));
  }

  /** The same, with the columns that the tables have and the contract dropped. */
  HistoryDefinition over(StructType... tables) {
    StructType all = columns;
    List<StructField> gone = new ArrayList<>();
    for (StructType table : tables) {
      for (StructField field : table.fields()) {
        if (!isInternal(field.name()) && !List.of(all.fieldNames()).contains(field.name())) {
          StructField kept =
              new StructField(field.name(), field.dataType().asNullable(), true, Metadata.empty());
          all = all.add(kept);
          gone.add(kept);
        }
      }
    }
    return new HistoryDefinition(
        versioned,
        all,
        List.copyOf(gone),
        key,
        attributes,
        tracked,
        timed,
        ties,
        kept,
        partial,
        acceptLate,
        contract,
        events,
        stored);
  }

  /** The table that people know the dataset by. */
  TableName silver() {
    String name = events.name();
    return TableName.silver(name.substring(0, name.lastIndexOf("__")));
  }

  /** Current rows have no columns of ours that people see, so the contract's may be named so. */
  private boolean isInternal(String column) {
    return column.startsWith("_") || (versioned && HistoryColumns.PUBLIC.contains(column));
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
