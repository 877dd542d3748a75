package io.assay.app.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The API of the sensors, which knows more from second to second. {@code GET
 * /v1/readings?since=TIME&limit=N&after=CURSOR} answers in pages.
 */
final class SensorApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/v1/readings";

  private final HttpServer server;
  private final List<Reading> readings = new ArrayList<>();

  private record Reading(String json, Instant at) {}

  SensorApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(PATH, this::answer);
    server.start();
  }

  /** The URL that a connection names. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** From now on it tells this, too; readings are added in the order of time. */
  synchronized void add(String json, Instant at) {
    readings.add(new Reading(json, at));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
      byte[] body = page(asked).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : query == null ? new String[0] : query.split("&")) {
      String[] pair = part.split("=", 2);
      parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private synchronized String page(Map<String, String> asked) {
    Instant since = asked.containsKey("since") ? Instant.parse(asked.get("since")) : Instant.MIN;
    List<String> found =
        readings.stream()
            .filter(reading -> !reading.at().isBefore(since))
            .map(Reading::json)
            .toList();
    int first = Math.min(Integer.parseInt(asked.getOrDefault("after", "0")), found.size());
    int next = Math.min(first + Integer.parseInt(asked.getOrDefault("limit", "100")), found.size());
    String more =
        next < found.size() ? ",\"next\":" + JSON.valueToTree(Integer.toString(next)) : "";
    return "{\"readings\":[" + String.join(",", found.subList(first, next)) + "]" + more + "}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
