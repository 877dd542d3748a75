package io.assay.gold;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NullType;

/** How a column of a query becomes a column of the contract. */
enum TypeFit {
  /** Every value of the one type is a value of the other. */
  WHOLE,
  /** It is the same kind of number with less room: values that do not fit are counted. */
  CHECKED,
  /** It would change values, or their meaning: the query has to say how. */
  NONE;

  private static final List<DataType> INTEGERS =
      List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  /** The most digits that an integer type always holds, and that one of its values may have. */
  private static final int[] DIGITS = {3, 5, 10, 19};

  private static final int INT = 2;

  static TypeFit of(DataType from, DataType to) {
    if (from instanceof NullType || from.asNullable().equals(to.asNullable())) {
      return WHOLE;
    }
    int integer = INTEGERS.indexOf(from);
    if (integer >= 0) {
      return ofInteger(integer, to);
    }
    if (from instanceof DecimalType decimal) {
      return ofDecimal(decimal, to);
    }
    return from.equals(DataTypes.FloatType) && to.equals(DataTypes.DoubleType) ? WHOLE : NONE;
  }

  private static TypeFit ofInteger(int from, DataType to) {
    int other = INTEGERS.indexOf(to);
    if (other >= 0) {
      return other >= from ? WHOLE : CHECKED;
    }
    if (to instanceof DecimalType decimal) {
      return decimal.precision() - decimal.scale() >= DIGITS[from] ? WHOLE : CHECKED;
    }
    return to.equals(DataTypes.DoubleType) && from <= INT ? WHOLE : NONE;
  }

  /** Digits after the point are never dropped: how to round is for the query to say. */
  private static TypeFit ofDecimal(DecimalType from, DataType to) {
    if (to instanceof DecimalType decimal && decimal.scale() >= from.scale()) {
      return decimal.precision() - decimal.scale() >= from.precision() - from.scale()
          ? WHOLE
          : CHECKED;
    }
    return from.scale() == 0 && INTEGERS.contains(to) ? CHECKED : NONE;
  }
}
