package io.assay.silver.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_timestamp;
import static org.apache.spark.sql.functions.to_timestamp_ntz;
import static org.apache.spark.sql.functions.unbase64;
import static org.apache.spark.sql.functions.when;

import io.assay.contract.ContractColumn;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Text to typed values, null where the text does not say such a value exactly.
 *
 * <ul>
 *   <li>integers: digits with an optional sign, in range; no fraction, not even {@code .0}
 *   <li>decimals: digits, a point, an exponent; more decimals than the type has do not fit, unless
 *       they are zeros
 *   <li>floating point: as decimals, and {@code NaN}, {@code Infinity}; a number too large does not
 *       fit
 *   <li>booleans: true, t, yes, y, 1 and false, f, no, n, 0, in any case
 *   <li>dates: {@code 2011-01-31}; timestamps: {@code 2011-01-31T17:05:09.123456} with {@code T} or
 *       a space, the time and its parts optional from the right, an offset or {@code Z} optional;
 *       or as the contract's format says
 *   <li>objects and arrays: JSON in which every field fits its type
 * </ul>
 */
final class TextCast {
  /** The format of bytes that stand as text. */
  static final String BASE64 = "base64";

  private static final String BASE64_TEXT = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2,3}=*)?$";

  private static final String INTEGER = "^[+-]?[0-9]+$";
  private static final String NUMBER = "^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?$";
  private static final String SPECIAL_NUMBER = "^[+-]?(NaN|Infinity)$";

  /** Group 1: decimals without zeros at the end; group 2: the exponent. */
  private static final String NUMBER_PARTS =
      "^[+-]?[0-9]*(?:\\.([0-9]*?)0*)?(?:[eE]([+-]?[0-9]+))?$";

  private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
  private static final String TIME = "[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6}0*)?)?";
  private static final String OFFSET = "(Z|[+-][0-9]{2}(:?[0-9]{2})?)";
  private static final String TIMESTAMP = "^" + DATE + "(" + TIME + OFFSET + "?)?$";
  private static final String HAS_OFFSET = ":[0-9]{2}[^+-]*" + OFFSET + "$";

  private static final Pattern QUOTED = Pattern.compile("'[^']*'");
  private static final Pattern ZONE_LETTERS = Pattern.compile("[XxZzVO]");
  private static final String BROKEN = "_broken";

  private TextCast() {}

  static Column of(Column text, ContractColumn column, ZoneId zone) {
    DataType type = column.type();
    if (type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType) {
      return when(text.rlike(INTEGER), StrictCast.tried(text, type));
    }
    if (type instanceof DecimalType decimal) {
      return decimal(text, decimal);
    }
    if (type instanceof FloatType || type instanceof DoubleType) {
      return floating(text, type);
    }
    if (type instanceof BooleanType) {
      return StrictCast.tried(text, type);
    }
    if (type instanceof DateType) {
      return date(text, column.format());
    }
    if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return time(text, type, column.format(), zone);
    }
    if (type instanceof StructType || type instanceof ArrayType || type instanceof MapType) {
      return nested(text, type);
    }
    if (type instanceof BinaryType) {
      return column.format().equals(Optional.of(BASE64))
          ? when(text.rlike(BASE64_TEXT), unbase64(text))
          : text.cast(type);
    }
    throw new AssayException(
        ExitCode.CONFIGURATION,
        "column %s: text cannot be read as %s; choose another type in the contract"
            .formatted(column.name(), type.sql()));
  }

  /**
   * The cast alone would round 1.239 to 1.24 for a scale of 2. Decimals that are not zero, less the
   * exponent, must not be more than the scale. Most numbers have no exponent and no zeros beyond
   * the scale, and one look tells that of them.
   */
  private static Column decimal(Column text, DecimalType type) {
    Column value = StrictCast.tried(text, type);
    String plain = "^[+-]?[0-9]+(\\.[0-9]{0,%d})?$".formatted(type.scale());
    Column decimals = length(regexp_extract(text, NUMBER_PARTS, 1));
    Column exponent = regexp_extract(text, NUMBER_PARTS, 2);
    // Of a text that is no number the cast makes an exception, which costs more than all the rest.
    Column power =
        coalesce(
            when(exponent.notEqual(""), StrictCast.tried(exponent, DataTypes.IntegerType)), lit(0));
    return when(text.rlike(plain), value)
        .when(text.rlike(NUMBER).and(decimals.minus(power).leq(type.scale())), value);
  }

  private static Column floating(Column text, DataType type) {
    Column value = StrictCast.tried(text, type);
    Column finite = value.lt(Double.POSITIVE_INFINITY).and(value.gt(Double.NEGATIVE_INFINITY));
    return when(text.rlike(NUMBER).and(finite), value).when(text.rlike(SPECIAL_NUMBER), value);
  }

  private static Column date(Column text, Optional<String> format) {
    return format.isPresent()
        ? to_date(text, format.get())
        : when(text.rlike("^" + DATE + "$"), StrictCast.tried(text, DataTypes.DateType));
  }

  private static Column time(Column text, DataType type, Optional<String> format, ZoneId zone) {
    if (type instanceof TimestampNTZType) {
      return format.isPresent()
          ? to_timestamp_ntz(text, lit(format.get()))
          : when(
              text.rlike("^" + DATE + "(" + TIME + ")?$"),
              StrictCast.tried(text, DataTypes.TimestampNTZType));
    }
    if (format.isPresent()) {
      Column time = to_timestamp(text, format.get());
      return namesZone(format.get()) ? time : StrictCast.inZone(time, zone);
    }
    Column utc = when(text.endsWith(" UTC"), regexp_replace(text, " UTC$", "Z")).otherwise(text);
    Column time = StrictCast.tried(utc, DataTypes.TimestampType);
    return when(
        utc.rlike(TIMESTAMP),
        when(utc.rlike(HAS_OFFSET), time).otherwise(StrictCast.inZone(time, zone)));
  }

  private static boolean namesZone(String format) {
    return ZONE_LETTERS.matcher(QUOTED.matcher(format).replaceAll("")).find();
  }

  /** Spark reports what it could not read of a document only for an object, so it gets one. */
  private static Column nested(Column text, DataType type) {
    StructType schema = new StructType().add("value", type).add(BROKEN, DataTypes.StringType);
    Column parsed =
        from_json(
            concat(lit("{\"value\":"), text, lit("}")),
            schema,
            Map.of("mode", "PERMISSIVE", "columnNameOfCorruptRecord", BROKEN));
    return when(parsed.getField(BROKEN).isNull(), parsed.getField("value"));
  }
}
