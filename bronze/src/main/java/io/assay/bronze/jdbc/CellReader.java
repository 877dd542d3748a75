package io.assay.bronze.jdbc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads a cell as Spark holds it. */
interface CellReader {

  /**
   * @param place from 1
   * @throws ArithmeticException if the type does not hold the value exactly
   * @throws NumberFormatException if the value is no number
   */
  Object read(ResultSet result, int place) throws SQLException;

  static CellReader of(DataType type) {
    if (type instanceof StringType) {
      return (result, place) -> UTF8String.fromString(result.getString(place));
    } else if (type instanceof LongType) {
      return (result, place) -> {
        long value = result.getLong(place);
        return result.wasNull() ? null : value;
      };
    } else if (type instanceof DecimalType decimal) {
      return (result, place) -> decimal(result.getString(place), decimal);
    } else if (type instanceof BooleanType) {
      return (result, place) -> {
        boolean value = result.getBoolean(place);
        return result.wasNull() ? null : value;
      };
    } else if (type instanceof DoubleType) {
      return (result, place) -> {
        double value = result.getDouble(place);
        return result.wasNull() ? null : value;
      };
    } else if (type instanceof FloatType) {
      return (result, place) -> {
        float value = result.getFloat(place);
        return result.wasNull() ? null : value;
      };
    } else if (type instanceof BinaryType) {
      return ResultSet::getBytes;
    }
    throw new IllegalArgumentException("no cell is read as " + type.sql());
  }

  private static Decimal decimal(String text, DecimalType type) {
    if (text == null) {
      return null;
    }
    BigDecimal value = new BigDecimal(text).setScale(type.scale(), RoundingMode.UNNECESSARY);
    if (value.precision() > type.precision()) {
      throw new ArithmeticException("too many digits");
    }
    return Decimal.apply(value, type.precision(), type.scale());
  }
}
