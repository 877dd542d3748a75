package io.assay.app.spec;

import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Element.Sequence;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Values of test files: read in a column's type, and written the one way in which they are
 * compared. Numbers are exact; a time without an offset is UTC.
 */
final class Values {
  /** How a null is written. */
  static final String NULL = "null";

  private Values() {}

  /**
   * The value of a type.
   *
   * @throws IllegalArgumentException saying why it is none
   */
  static Object parse(Element element, DataType type) {
    if (element instanceof Scalar scalar) {
      return scalar.kind() == Scalar.Kind.NULL ? null : scalar(scalar.text(), type);
    }
    if (element instanceof Sequence sequence && type instanceof ArrayType array) {
      List<Object> items = new ArrayList<>();
      sequence.items().forEach(item -> items.add(parse(item, array.elementType())));
      return items;
    }
    if (element instanceof Mapping mapping && type instanceof StructType struct) {
      for (String key : mapping.values().keySet()) {
        if (!List.of(struct.fieldNames()).contains(key)) {
          throw new IllegalArgumentException("there is no field '" + key + "'");
        }
      }
      return RowFactory.create(
          IntStream.range(0, struct.size())
              .mapToObj(
                  i ->
                      mapping
                          .value(struct.fieldNames()[i])
                          .map(value -> parse(value, struct.fields()[i].dataType()))
                          .orElse(null))
              .toArray());
    }
    throw new IllegalArgumentException("expected " + name(type));
  }

  private static Object scalar(String text, DataType type) {
    try {
      if (type instanceof StringType) {
        return text;
      } else if (type instanceof BinaryType) {
        return text.getBytes(StandardCharsets.UTF_8);
      } else if (type instanceof DecimalType decimal) {
        return decimal(text, decimal);
      } else if (type instanceof ByteType) {
        return Byte.valueOf(text);
      } else if (type instanceof ShortType) {
        return Short.valueOf(text);
      } else if (type instanceof IntegerType) {
        return Integer.valueOf(text);
      } else if (type instanceof LongType) {
        return Long.valueOf(text);
      } else if (type instanceof DoubleType) {
        return Double.valueOf(text);
      } else if (type instanceof FloatType) {
        return Float.valueOf(text);
      } else if (type instanceof BooleanType) {
        return bool(text);
      } else if (type instanceof DateType) {
        return LocalDate.parse(text);
      } else if (type instanceof TimestampType) {
        return instant(text);
      }
    } catch (NumberFormatException | DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is no " + name(type), e);
    }
    throw new IllegalArgumentException("a value of type " + name(type) + " cannot be written here");
  }

  private static BigDecimal decimal(String text, DecimalType type) {
    BigDecimal value = new BigDecimal(text).setScale(type.scale());
    if (value.precision() > type.precision()) {
      throw new ArithmeticException();
    }
    return value;
  }

  private static Boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new NumberFormatException();
    };
  }

  private static Instant instant(String text) {
    String iso = text.replace(' ', 'T');
    if (!iso.contains("T")) {
      return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    return iso.matches(".*(Z|[+-]\\d{2}:?\\d{2})")
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
  }

  /** The text by which a value is compared and shown. */
  static String text(Object value) {
    if (value == null) {
      return NULL;
    } else if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    } else if (value instanceof java.sql.Timestamp timestamp) {
      return timestamp.toInstant().toString();
    } else if (value instanceof List<?> list) {
      return list.stream().map(Values::text).collect(Collectors.joining(", ", "[", "]"));
    } else if (value instanceof Seq<?> seq) {
      return text(JavaConverters.seqAsJavaList(seq));
    } else if (value instanceof Row row) {
      return IntStream.range(0, row.size())
          .mapToObj(i -> text(row.get(i)))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value.toString();
  }

  private static String name(DataType type) {
    return type.sql().toLowerCase(Locale.ROOT);
  }
}
