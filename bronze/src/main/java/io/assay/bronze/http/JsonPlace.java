package io.assay.bronze.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A place in a document: names with dots between them. A number is an element of an array, a
 * negative one counts from its end.
 */
record JsonPlace(List<String> names) {
  static JsonPlace of(String text) {
    return new JsonPlace(Arrays.asList(text.split("[.]")));
  }

  /** What stands there; a missing node if nothing does. */
  JsonNode in(JsonNode document) {
    JsonNode at = document;
    for (String name : names) {
      at = at.isArray() ? element(at, name) : at.path(name);
    }
    return at;
  }

  /** The text of a value that stands there; empty for none, and for what is no single value. */
  Optional<String> text(JsonNode document) {
    JsonNode value = in(document);
    return (value.isTextual() || value.isNumber()) && !value.asText().isEmpty()
        ? Optional.of(value.asText())
        : Optional.empty();
  }

  private static JsonNode element(JsonNode array, String name) {
    if (!name.matches("-?[0-9]{1,9}")) {
      return MissingNode.getInstance();
    }
    int index = Integer.parseInt(name);
    return array.path(index < 0 ? array.size() + index : index);
  }
}
