package io.assay.silver.history;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.EventColumns;
import io.assay.table.TypeChange;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Whether the tables can take values of the contract's types; asked before anything is written. */
final class StoredTypes {
  private StoredTypes() {}

  /**
   * Does nothing if they can.
   *
   * @throws AssayException if a column must be rewritten for its type
   */
  static void require(
      HistoryDefinition definition,
      TimeTypes types,
      Optional<Dataset<Row>> events,
      Optional<Dataset<Row>> stored) {
    StructType arriving =
        definition
            .columns()
            .add(EventColumns.SEQUENCE, types.sequence())
            .add(EventColumns.VALID_TIME, types.validTime());
    events.ifPresent(table -> require(definition, definition.events().toString(), table, arriving));
    stored.ifPresent(table -> require(definition, definition.stored().toString(), table, arriving));
  }

  private static void require(
      HistoryDefinition definition, String name, Dataset<Row> table, StructType arriving) {
    for (StructField field : arriving.fields()) {
      for (StructField known : table.schema().fields()) {
        DataType before = known.dataType().asNullable();
        if (known.name().equals(field.name())
            && TypeChange.inPlace(before, field.dataType()).isEmpty()) {
          throw new AssayException(
              ExitCode.CONFIGURATION,
              "%s of %s is %s, and %s by the contract; a stored column cannot become that in place: change the contract back, or run assay rebuild %s"
                  .formatted(
                      field.name(),
                      name,
                      before.simpleString(),
                      field.dataType().simpleString(),
                      definition.silver()));
        }
      }
    }
  }
}
