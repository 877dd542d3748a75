package io.assay.silver.conform;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.conv;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.when;

import io.assay.config.EnvelopeField;
import io.assay.config.EnvelopeField.Kind;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The text of an {@link EnvelopeField} as what it means; null where it does not say such a value.
 */
final class EnvelopeValue {
  private static final DataType LARGE = DataTypes.createDecimalType(38, 0);

  /** Eight hexadecimal digits, eight and four: bytes 0 to 3, 4 to 7, 8 to 9 of one number. */
  private static final String LOG_SEQUENCE = "^[0-9a-fA-F]{8}:[0-9a-fA-F]{8}:[0-9a-fA-F]{4}$";

  private static final long SECOND_PART = 1L << 16;
  private static final long FIRST_PART = 1L << 48;

  private EnvelopeValue() {}

  /** A number that orders as the source does. */
  static Column position(EnvelopeField field, Column text) {
    Column number = number(field.kind(), text);
    return field.isMinor()
        ? when(text.isNull(), lit(0).cast(type(field.kind()))).otherwise(number)
        : number;
  }

  /** A point in time, down to the microsecond. */
  static Column time(EnvelopeField field, Column text) {
    Column number = whole(text, DataTypes.LongType);
    return timestamp_micros(
        switch (field.kind()) {
          case MILLISECONDS -> number.multiply(lit(1_000L));
          case MICROSECONDS -> number;
          case NANOSECONDS -> microseconds(number);
          case WHOLE, LARGE, BINARY_LOG, LOG_SEQUENCE ->
              throw new IllegalArgumentException(field.path() + " is no time");
        });
  }

  /** Division by a slash would go through floating point, which has too few digits for it. */
  private static Column microseconds(Column nanoseconds) {
    Column whole = nanoseconds.minus(pmod(nanoseconds, lit(1_000L)));
    return call_function("div", whole, lit(1_000L));
  }

  private static Column number(Kind kind, Column text) {
    return switch (kind) {
      case BINARY_LOG -> whole(regexp_extract(text, "\\.([0-9]+)$", 1), type(kind));
      case LOG_SEQUENCE ->
          when(
              text.rlike(LOG_SEQUENCE),
              hexadecimal(text, 1, 8)
                  .multiply(lit(FIRST_PART).cast(LARGE))
                  .plus(hexadecimal(text, 10, 8).multiply(lit(SECOND_PART).cast(LARGE)))
                  .plus(hexadecimal(text, 19, 4))
                  .cast(LARGE));
      case WHOLE, LARGE, MILLISECONDS, MICROSECONDS, NANOSECONDS -> whole(text, type(kind));
    };
  }

  private static DataType type(Kind kind) {
    return kind == Kind.LARGE || kind == Kind.LOG_SEQUENCE ? LARGE : DataTypes.LongType;
  }

  private static Column whole(Column text, DataType type) {
    return when(text.rlike("^-?[0-9]+$"), StrictCast.tried(text, type));
  }

  private static Column hexadecimal(Column text, int from, int length) {
    return coalesce(conv(substring(text, from, length), 16, 10).cast(LARGE), lit(0).cast(LARGE));
  }
}
