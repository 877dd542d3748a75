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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an API holds that does each request once, by its name, and lets go of what a whole delivery
 * does not name.
 */
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
    Map<String, Set<String>> named = new HashMap<>();
    for (LoggedRequest request : requests) {
      String name = request.getHeader(header);
      String before = bodies.putIfAbsent(name, request.getBodyAsString());
      if (before == null) {
        String delivery = name.substring(0, name.lastIndexOf('-'));
        Set<String> keys = named.computeIfAbsent(delivery, none -> new HashSet<>());
        for (JsonNode element : tree(request.getBodyAsString())) {
          keys.add(element.get("key").toString());
          if (element.get("op").asText().equals("delete")) {
            held.remove(element.get("key").toString());
          } else {
            held.put(element.get("key").toString(), element.get("row").toString());
          }
        }
        String[] place = request.getHeader("Assay-Request").split("/", 2);
        if (request.getHeader("Assay-Rows").equals("all") && place[0].equals(place[1])) {
          held.keySet().retainAll(keys);
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
