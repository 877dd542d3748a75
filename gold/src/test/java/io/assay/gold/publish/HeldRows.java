package io.assay.gold.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an API holds that does each request once, by its name. */
final class HeldRows {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private HeldRows() {}

  /**
   * The rows by their keys, both as JSON. Requests of one name have one content.
   *
   * @param header that names a request
   */
  static Map<String, String> after(List<LoggedRequest> requests, String header) {
    Map<String, String> held = new TreeMap<>();
    Map<String, String> bodies = new LinkedHashMap<>();
    for (LoggedRequest request : requests) {
      String before = bodies.putIfAbsent(request.getHeader(header), request.getBodyAsString());
      if (before == null) {
        for (JsonNode element : tree(request.getBodyAsString())) {
          if (element.get("op").asText().equals("delete")) {
            held.remove(element.get("key").toString());
          } else {
            held.put(element.get("key").toString(), element.get("row").toString());
          }
        }
      } else {
        assertThat(request.getBodyAsString()).isEqualTo(before);
      }
    }
    return held;
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
