package io.assay.bronze.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Values in Avro's binary form, written as JSON documents: either all by one schema, or in
 * Confluent's wire format, a zero and the schema's number before the value.
 */
final class AvroValues {
  private static final int HEADER = 5;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final int depth;
  private final long recordBytes;
  private final Optional<Schema> declared;
  private final AvroSchemas schemas;
  private final Map<Integer, Optional<Schema>> known = new HashMap<>();

  /**
   * @param schemas asked once for each number, if the rules declare no schema
   */
  AvroValues(MessageRules rules, AvroSchemas schemas) {
    this.depth = rules.depth();
    this.recordBytes = rules.recordBytes();
    this.declared =
        rules.schema().isEmpty()
            ? Optional.empty()
            : Optional.of(new Schema.Parser().parse(rules.schema()));
    this.schemas = schemas;
  }

  /**
   * The document of a value.
   *
   * @param bytes within the limit
   */
  Message read(byte[] bytes) {
    if (declared.isPresent()) {
      return read(declared.get(), bytes, 0);
    } else if (bytes.length < HEADER || bytes[0] != 0) {
      return bad(Problems.NO_WIRE_FORMAT, bytes);
    }
    int number = ByteBuffer.wrap(bytes).getInt(1);
    return known
        .computeIfAbsent(number, schemas::schema)
        .map(schema -> read(schema, bytes, HEADER))
        .orElseGet(() -> bad(Problems.unknownSchema(number), bytes));
  }

  private Message read(Schema schema, byte[] bytes, int start) {
    BinaryDecoder value =
        DecoderFactory.get().binaryDecoder(bytes, start, bytes.length - start, null);
    BoundedText text = new BoundedText(recordBytes);
    try (JsonGenerator document = JSON.createGenerator(text)) {
      new AvroDocument(value, document, bytes.length, depth).write(schema);
      if (!value.isEnd()) {
        return bad(Problems.malformedAvro("bytes behind the value"), bytes);
      }
    } catch (BoundedText.Full e) {
      return bad(Problems.overLimit(recordBytes), bytes);
    } catch (AvroDocument.Unreadable e) {
      return bad(e.getMessage(), bytes);
    } catch (IOException
        | AvroRuntimeException
        | UnsupportedOperationException
        | ArithmeticException
        | DateTimeException e) {
      // What Avro's decoder and the calendar say of bytes that fit no schema.
      return bad(Problems.malformedAvro("the bytes do not fit the schema"), bytes);
    }
    return Message.good(text.toString());
  }

  private static Message bad(String problem, byte[] bytes) {
    return Message.bad(problem, Base64.getEncoder().encodeToString(bytes));
  }
}
