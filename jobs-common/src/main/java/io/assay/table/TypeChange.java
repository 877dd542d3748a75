package io.assay.table;

import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Which types a stored column can change to without its files being written again. */
public final class TypeChange {
  private TypeChange() {}

  /**
   * The type that a column has after values of another type were added.
   *
   * @param stored the column's type in the table, all nullable
   * @param added the values' type, all nullable
   * @return empty if the files would have to be written again
   */
  public static Optional<DataType> inPlace(DataType stored, DataType added) {
    if (stored.sameType(added)) {
      return Optional.of(stored);
    }
    if (stored instanceof StructType before && added instanceof StructType after) {
      return fields(before, after);
    }
    // Parquet stores these three alike.
    boolean grows =
        stored.equals(DataTypes.ByteType)
            ? added.equals(DataTypes.ShortType) || added.equals(DataTypes.IntegerType)
            : stored.equals(DataTypes.ShortType) && added.equals(DataTypes.IntegerType);
    return grows ? Optional.of(added) : Optional.empty();
  }

  private static Optional<DataType> fields(StructType before, StructType after) {
    if (!java.util.List.of(before.fieldNames()).equals(java.util.List.of(after.fieldNames()))) {
      return Optional.empty();
    }
    StructType changed = new StructType();
    for (int i = 0; i < before.length(); i++) {
      StructField field = before.fields()[i];
      Optional<DataType> type = inPlace(field.dataType(), after.fields()[i].dataType());
      if (type.isEmpty()) {
        return Optional.empty();
      }
      changed =
          changed.add(
              new StructField(field.name(), type.get(), field.nullable(), field.metadata()));
    }
    return Optional.of(changed);
  }
}
