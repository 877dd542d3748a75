package io.assay.silver.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;

/**
 * A key or value as Kafka Connect's JSON converter writes it, with the schema block or without.
 *
 * @param payload the object without its schema; a JSON null, or missing if the text is neither an
 *     object nor null
 */
record JsonMessage(FieldSchema schema, JsonNode payload) {
  /** Numbers are kept digit for digit. */
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      // What a record may cost was settled when it landed.
                      StreamReadConstraints.builder()
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final String SCHEMA = "schema";
  private static final String PAYLOAD = "payload";

  /**
   * Reads a text.
   *
   * @param schemas parses schema blocks
   */
  static JsonMessage parse(String text, Memory schemas) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.VALUE_NULL && parser.nextToken() == null) {
        return new JsonMessage(FieldSchema.UNKNOWN, MAPPER.nullNode());
      }
      return first == JsonToken.START_OBJECT ? object(parser, text, schemas) : none();
    } catch (IOException e) {
      return none();
    }
  }

  private static JsonMessage none() {
    return new JsonMessage(FieldSchema.UNKNOWN, MissingNode.getInstance());
  }

  /** The schema block is as large as the row many times over, so it is passed over as text. */
  private static JsonMessage object(JsonParser parser, String text, Memory schemas)
      throws IOException {
    ObjectNode fields = MAPPER.createObjectNode();
    FieldSchema schema = FieldSchema.UNKNOWN;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.getCurrentName();
      if (parser.nextToken() == JsonToken.START_OBJECT && name.equals(SCHEMA)) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getCharOffset();
        schema = schemas.schema(text.substring(start, end));
        fields.putNull(SCHEMA);
      } else {
        fields.set(name, MAPPER.readTree(parser));
      }
    }
    if (parser.nextToken() != null) {
      return none();
    }
    boolean wrapped = fields.has(PAYLOAD) && fields.has(SCHEMA);
    return new JsonMessage(schema, wrapped ? fields.get(PAYLOAD) : fields);
  }

  /** The schema block that was parsed last: one message after the other has the same. */
  static final class Memory implements Serializable {
    private static final long serialVersionUID = 1;

    private transient volatile Parsed last;

    private FieldSchema schema(String block) throws IOException {
      Parsed known = last;
      if (known == null || !known.block.equals(block)) {
        known = new Parsed(block, FieldSchema.of(MAPPER.readTree(block)));
        last = known;
      }
      return known.schema;
    }

    private record Parsed(String block, FieldSchema schema) {}
  }
}
