package io.assay.silver.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.config.Debezium.Decimals;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.util.Base64;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * A message's values as the texts that contracts are cast from. What the schema block says of a
 * value decides; without it the contract's type does, and where a value could then mean two things
 * its text is followed by the question, so that it fits no type.
 */
final class ValueText implements Serializable {
  private static final long serialVersionUID = 1;

  private static final String WHICH_UNIT =
      " (milli-, micro- or nanoseconds? the message has no schema)";
  private static final String WHICH_DIGITS = " (digits or bytes? say it in debezium.decimals)";

  private final Decimals decimals;

  /**
   * @param decimals what texts in numeric columns are; null if nobody said
   */
  ValueText(Decimals decimals) {
    this.decimals = decimals;
  }

  /**
   * The text of a value that is not null.
   *
   * @param target the type of the contract's column; null if it has none, or an expression
   * @throws UnreadableValueException if it is not what the schema says
   */
  String of(JsonNode value, FieldSchema schema, DataType target) {
    if (!schema.known()) {
      return untold(value, target);
    }
    try {
      JsonNode told = told(value, schema);
      return told.isBigDecimal() && !value.isNumber()
          ? told.decimalValue().toPlainString()
          : text(told);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new UnreadableValueException(schema, e);
    }
  }

  private static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  private static JsonNode told(JsonNode value, FieldSchema schema) {
    return switch (schema.name()) {
      case "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" ->
          of(TimeText.date(whole(value)));
      case "io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp" ->
          of(TimeText.timestamp(whole(value), TimeText.MILLISECONDS));
      case "io.debezium.time.MicroTimestamp" ->
          of(TimeText.timestamp(whole(value), TimeText.MICROSECONDS));
      case "io.debezium.time.NanoTimestamp" ->
          of(TimeText.timestamp(whole(value), TimeText.NANOSECONDS));
      case "io.debezium.time.Time", "org.apache.kafka.connect.data.Time" ->
          of(TimeText.time(whole(value), TimeText.MILLISECONDS));
      case "io.debezium.time.MicroTime" -> of(TimeText.time(whole(value), TimeText.MICROSECONDS));
      case "io.debezium.time.NanoTime" -> of(TimeText.time(whole(value), TimeText.NANOSECONDS));
      case "io.debezium.time.IsoDate",
          "io.debezium.time.IsoTime",
          "io.debezium.time.IsoTimestamp" ->
          of(TimeText.withoutZone(value.asText()));
      case "org.apache.kafka.connect.data.Decimal" ->
          // The converter writes bytes, or with decimal.format: numeric the number itself.
          value.isNumber() ? value : of(decimal(value.asText(), schema.scale()));
      case "io.debezium.data.VariableScaleDecimal" -> of(scaled(value));
      case "io.debezium.data.Bits" -> of(new BigDecimal(bits(value.asText())));
      default -> nested(value, schema);
    };
  }

  private static JsonNode nested(JsonNode value, FieldSchema schema) {
    if (value.isArray()) {
      ArrayNode elements = JsonMessage.MAPPER.createArrayNode();
      value.forEach(
          element -> elements.add(element.isNull() ? element : told(element, schema.element())));
      return elements;
    }
    if (!value.isObject()) {
      return value;
    }
    ObjectNode fields = JsonMessage.MAPPER.createObjectNode();
    value
        .fields()
        .forEachRemaining(
            field -> {
              FieldSchema known =
                  schema.items() == null ? schema.field(field.getKey()) : schema.items();
              JsonNode inner = field.getValue();
              fields.set(field.getKey(), inner.isNull() ? inner : told(inner, known));
            });
    return fields;
  }

  private String untold(JsonNode value, DataType target) {
    boolean isTime = target instanceof TimestampType || target instanceof TimestampNTZType;
    if (isTime && value.isNumber()) {
      return value.asText() + WHICH_UNIT;
    }
    try {
      if (target instanceof DateType && value.isIntegralNumber()) {
        return TimeText.date(whole(value));
      }
      if (target instanceof DateType && value.isTextual()) {
        return TimeText.withoutZone(value.asText());
      }
      if (target instanceof NumericType && isScaled(value)) {
        return scaled(value).toPlainString();
      }
      if (target instanceof NumericType && value.isTextual()) {
        return digits(value.asText(), target);
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // The text as it came fits the column's type no more than its meaning would.
      return text(value);
    }
    return text(value);
  }

  private String digits(String text, DataType target) {
    if (decimals == null) {
      return text + WHICH_DIGITS;
    }
    int scale = target instanceof DecimalType decimal ? decimal.scale() : 0;
    return decimals == Decimals.STRING ? text : decimal(text, scale).toPlainString();
  }

  /** Anything but a whole number would become 0, or lose what is too large. */
  private static long whole(JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    throw new IllegalArgumentException("no whole number of 64 bits");
  }

  private static JsonNode of(String text) {
    return JsonMessage.MAPPER.getNodeFactory().textNode(text);
  }

  private static JsonNode of(BigDecimal number) {
    return JsonMessage.MAPPER.getNodeFactory().numberNode(number);
  }

  /** The number's digits without the point, in two's complement, the greatest byte first. */
  private static BigDecimal decimal(String base64, int scale) {
    return new BigDecimal(new BigInteger(Base64.getDecoder().decode(base64)), scale);
  }

  private static boolean isScaled(JsonNode value) {
    return value.isObject() && value.size() == 2 && value.has("scale") && value.has("value");
  }

  private static BigDecimal scaled(JsonNode value) {
    return decimal(value.path("value").asText(), value.path("scale").asInt());
  }

  /** Bits come with the smallest byte first, and have no sign. */
  private static BigInteger bits(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }
}
