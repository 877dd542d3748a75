package io.assay.silver.conform;

import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.assay.contract.ContractColumn;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.time.ZoneId;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Values that already have a type (from Parquet, Avro or an expression) to the contract's type,
 * null where the value does not fit: a conversion counts only if the way back gives the same value.
 */
final class TypedCast {
  private TypedCast() {}

  static Column of(Column value, DataType from, ContractColumn column, ZoneId zone) {
    DataType to = column.type();
    if (DataType.equalsIgnoreNullability(from, to)) {
      return value;
    }
    if (to instanceof StringType) {
      return isNested(from) ? to_json(value) : value.cast(to);
    }
    if (isNumber(from) && isNumber(to)) {
      Column cast = StrictCast.tried(value, to);
      return when(StrictCast.tried(cast, from).eqNullSafe(value), cast);
    }
    if (to instanceof TimestampType
        && (from instanceof TimestampNTZType || from instanceof DateType)) {
      return StrictCast.inZone(value, zone);
    }
    if (from instanceof TimestampType
        && (to instanceof TimestampNTZType || to instanceof DateType)) {
      Column local = from_utc_timestamp(value, zone.getId()).cast(to);
      return when(StrictCast.inZone(local, zone).equalTo(value), local);
    }
    if (from instanceof TimestampNTZType && to instanceof DateType
        || from instanceof DateType && to instanceof TimestampNTZType) {
      Column cast = value.cast(to);
      return when(cast.cast(from).equalTo(value), cast);
    }
    if (isNested(from) && isNested(to)) {
      return TextCast.of(to_json(value), column, zone);
    }
    throw new AssayException(
        ExitCode.CONFIGURATION,
        "column %s: the source has %s and the contract %s, and what one means as the other is not"
                .formatted(column.name(), from.sql(), to.sql())
            + " settled; say it with an expression under columns in pipeline.yaml");
  }

  private static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof BooleanType;
  }

  private static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }
}
