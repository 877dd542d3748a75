package io.assay.app.spec;

import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table whose contract another project has, by the rows that a test gives: whole
 * numbers, decimals, booleans, dates, times, else text. Quotes make text of anything.
 */
final class ImportedColumns {
  private static final int MOST_DIGITS = 38;
  private static final int DATE = "2026-01-01".length();

  private ImportedColumns() {}

  static StructType of(List<Mapping> rows) {
    Map<String, DataType> types = new LinkedHashMap<>();
    for (Mapping row : rows) {
      row.values().forEach((name, value) -> types.merge(name, type(value), ImportedColumns::both));
    }
    StructType columns = new StructType();
    for (Map.Entry<String, DataType> column : types.entrySet()) {
      columns =
          columns.add(
              column.getKey(),
              column.getValue().equals(DataTypes.NullType)
                  ? DataTypes.StringType
                  : column.getValue());
    }
    return columns;
  }

  private static DataType type(Element value) {
    if (!(value instanceof Scalar scalar)) {
      return DataTypes.StringType;
    }
    return switch (scalar.kind()) {
      case NULL -> DataTypes.NullType;
      case BOOLEAN -> DataTypes.BooleanType;
      case WHOLE -> DataTypes.LongType;
      case NUMBER ->
          DataTypes.createDecimalType(
              MOST_DIGITS / 2, Math.max(0, new BigDecimal(scalar.text()).scale()));
      case TIMESTAMP ->
          scalar.text().length() == DATE ? DataTypes.DateType : DataTypes.TimestampType;
      case TEXT -> DataTypes.StringType;
    };
  }

  /** A type that has room for the values of both. */
  private static DataType both(DataType one, DataType other) {
    if (one.equals(other) || other.equals(DataTypes.NullType)) {
      return one;
    } else if (one.equals(DataTypes.NullType)) {
      return other;
    } else if (one instanceof DecimalType a && other instanceof DecimalType b) {
      return a.scale() > b.scale() ? a : b;
    } else if (one instanceof DecimalType && other.equals(DataTypes.LongType)) {
      return one;
    } else if (one.equals(DataTypes.LongType) && other instanceof DecimalType) {
      return other;
    }
    return DataTypes.StringType;
  }
}
