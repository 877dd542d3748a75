package io.assay.silver.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the schema block of a message says of a value.
 *
 * @param type Kafka Connect's type, such as {@code int64}; empty if nothing is known
 * @param name what the value means, such as {@code io.debezium.time.Date}; empty if no more than
 *     its type says
 * @param scale how many decimals a {@code Decimal} has
 * @param fields of a struct
 * @param items of an array's elements, or a map's values; null otherwise
 */
record FieldSchema(
    String type, String name, int scale, Map<String, FieldSchema> fields, FieldSchema items) {
  static final FieldSchema UNKNOWN = new FieldSchema("", "", 0, Map.of(), null);

  static FieldSchema of(JsonNode block) {
    Map<String, FieldSchema> fields = new LinkedHashMap<>();
    block.path("fields").forEach(field -> fields.put(field.path("field").asText(), of(field)));
    JsonNode items = block.has("items") ? block.get("items") : block.get("values");
    return new FieldSchema(
        block.path("type").asText(),
        block.path("name").asText(),
        block.path("parameters").path("scale").asInt(),
        fields,
        items == null ? null : of(items));
  }

  boolean known() {
    return !type.isEmpty();
  }

  FieldSchema field(String field) {
    return fields.getOrDefault(field, UNKNOWN);
  }

  FieldSchema element() {
    return items == null ? UNKNOWN : items;
  }
}
