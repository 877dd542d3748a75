package io.assay.silver.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/**
 * What stands in a message for a value that the database did not log. A text says it as it is; for
 * other types the connector writes the text's bytes in the type's own form.
 */
final class Placeholder implements Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] bytes;
  private final HashSet<String> texts;

  Placeholder(String text) {
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
    this.texts =
        new HashSet<>(
            Set.of(
                text,
                Base64.getEncoder().encodeToString(bytes),
                HexFormat.of().formatHex(bytes),
                UUID.nameUUIDFromBytes(bytes).toString()));
  }

  /** Whether the value is a text, bytes, an array or a map of the placeholder's. */
  boolean standsAs(JsonNode value) {
    if (value.isArray() && value.size() > 1) {
      return areBytes(value);
    }
    JsonNode only = value.isContainerNode() && value.size() == 1 ? value.iterator().next() : value;
    return only.isTextual() && texts.contains(only.textValue());
  }

  /** An array of whole numbers holds one for each byte. */
  private boolean areBytes(JsonNode array) {
    if (array.size() != bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      JsonNode element = array.get(i);
      if (!element.isIntegralNumber() || element.longValue() != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
