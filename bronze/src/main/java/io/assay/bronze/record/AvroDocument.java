package io.assay.bronze.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.io.BinaryDecoder;

/**
 * One value of Avro on its way to JSON. Nothing of it is built in memory first, and no length that
 * it claims is believed before it is seen to fit, so that bytes which are no such value cost no
 * more than bytes which are.
 *
 * <p>Decimals keep their digits; dates and times are texts in ISO 8601, an instant with a Z; binary
 * values are texts in base64.
 */
final class AvroDocument {
  /** More than any precision takes that is of use. */
  private static final int DECIMAL_BYTES = 256;

  private final BinaryDecoder value;
  private final JsonGenerator document;
  private final int bytes;
  private final int depth;
  private long items;

  /**
   * @param bytes the value's size
   * @param depth the deepest nesting that is written
   */
  AvroDocument(BinaryDecoder value, JsonGenerator document, int bytes, int depth) {
    this.value = value;
    this.document = document;
    this.bytes = bytes;
    this.depth = depth;
  }

  /** The value is not what its schema says; the message is a text of {@code _problem}. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String problem) {
      super(problem, null, false, false);
    }
  }

  void write(Schema schema) throws IOException, Unreadable {
    write(schema, 0);
  }

  private void write(Schema schema, int level) throws IOException, Unreadable {
    if (level > depth) {
      throw new Unreadable(Problems.tooDeep(depth));
    }
    switch (schema.getType()) {
      case RECORD -> record(schema, level + 1);
      case ARRAY -> array(schema.getElementType(), level + 1);
      case MAP -> map(schema.getValueType(), level + 1);
      case UNION -> write(chosen(schema.getTypes(), value.readIndex()), level);
      case ENUM -> document.writeString(chosen(schema.getEnumSymbols(), value.readEnum()));
      case FIXED -> binary(schema, fixed(schema.getFixedSize()));
      case BYTES -> binary(schema, fixed(value.readLong()));
      case STRING -> document.writeString(string());
      case INT -> number(schema, value.readInt());
      case LONG -> number(schema, value.readLong());
      case FLOAT -> document.writeNumber(value.readFloat());
      case DOUBLE -> document.writeNumber(value.readDouble());
      case BOOLEAN -> document.writeBoolean(value.readBoolean());
      case NULL -> document.writeNull();
    }
  }

  private void record(Schema schema, int level) throws IOException, Unreadable {
    document.writeStartObject();
    for (Field field : schema.getFields()) {
      document.writeFieldName(field.name());
      write(field.schema(), level);
    }
    document.writeEndObject();
  }

  private void array(Schema element, int level) throws IOException, Unreadable {
    document.writeStartArray();
    for (long count = value.readArrayStart(); count != 0; count = value.arrayNext()) {
      expect(count);
      for (long i = 0; i < count; i++) {
        write(element, level);
      }
    }
    document.writeEndArray();
  }

  private void map(Schema element, int level) throws IOException, Unreadable {
    document.writeStartObject();
    for (long count = value.readMapStart(); count != 0; count = value.mapNext()) {
      expect(count);
      for (long i = 0; i < count; i++) {
        document.writeFieldName(string());
        write(element, level);
      }
    }
    document.writeEndObject();
  }

  /** Items may take no byte each, so their number has a bound of its own. */
  private void expect(long count) throws Unreadable {
    if (count < 0 || count > bytes - items) {
      throw new Unreadable(Problems.malformedAvro("more items than bytes"));
    }
    items += count;
  }

  private static <T> T chosen(List<T> choices, int index) throws Unreadable {
    if (index < 0 || index >= choices.size()) {
      throw new Unreadable(Problems.malformedAvro("a choice that the schema does not have"));
    }
    return choices.get(index);
  }

  private byte[] fixed(long length) throws IOException, Unreadable {
    if (length < 0 || length > bytes) {
      throw new Unreadable(Problems.malformedAvro("a length beyond the end"));
    }
    byte[] part = new byte[(int) length];
    value.readFixed(part);
    return part;
  }

  private String string() throws IOException, Unreadable {
    byte[] part = fixed(value.readLong());
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(part)).toString();
    } catch (CharacterCodingException e) {
      throw new Unreadable(Problems.undecodable(StandardCharsets.UTF_8));
    }
  }

  private void binary(Schema schema, byte[] part) throws IOException, Unreadable {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      if (part.length == 0 || part.length > DECIMAL_BYTES) {
        throw new Unreadable(Problems.malformedAvro("a decimal without digits or with too many"));
      }
      document.writeNumber(new BigDecimal(new BigInteger(part), decimal.getScale()));
    } else {
      document.writeBinary(part);
    }
  }

  private void number(Schema schema, long number) throws IOException {
    LogicalType type = schema.getLogicalType();
    if (type == null) {
      document.writeNumber(number);
      return;
    }
    switch (type.getName()) {
      case "date" -> document.writeString(LocalDate.ofEpochDay(number).toString());
      case "time-millis" -> time(Math.multiplyExact(number, 1_000_000L));
      case "time-micros" -> time(Math.multiplyExact(number, 1_000L));
      case "timestamp-millis" -> document.writeString(Instant.ofEpochMilli(number).toString());
      case "timestamp-micros" -> document.writeString(micros(number).toString());
      case "local-timestamp-millis" -> local(Instant.ofEpochMilli(number));
      case "local-timestamp-micros" -> local(micros(number));
      default -> document.writeNumber(number);
    }
  }

  private static Instant micros(long number) {
    return Instant.EPOCH.plus(number, ChronoUnit.MICROS);
  }

  private void time(long nanos) throws IOException {
    document.writeString(DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(nanos)));
  }

  private void local(Instant instant) throws IOException {
    document.writeString(
        DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
            LocalDateTime.ofInstant(instant, ZoneOffset.UTC)));
  }
}
