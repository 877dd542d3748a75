package io.assay.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of JSON on a free port of this machine: stubs of WireMock, and growing collections. */
public final class JsonApi implements AutoCloseable {
  private static final String COLLECTION = "collection";
  private static final Pattern AT = Pattern.compile("\"at\":\"([^\"]*)\"");

  private final WireMockServer server;
  private final Map<String, List<Entry>> collections = new ConcurrentHashMap<>();

  private JsonApi() {
    server =
        new WireMockServer(
            wireMockConfig().dynamicPort().bindAddress("127.0.0.1").extensions(new Collection()));
  }

  public static JsonApi start() {
    JsonApi api = new JsonApi();
    api.server.start();
    return api;
  }

  /** Where it answers, without a path. */
  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  public WireMockServer server() {
    return server;
  }

  /** Forgets stubs, collections and requests. */
  public void reset() {
    server.resetAll();
    collections.clear();
  }

  /**
   * Adds to a collection, which is served below its name: {@code {"data":[…],"next":"2"}} with up
   * to {@code limit} records whose {@code at} is not before {@code since}, from {@code after} on.
   *
   * @param records objects of JSON, each with a text {@code at}
   */
  public void add(String name, List<String> records) {
    collections
        .computeIfAbsent(
            "/" + name,
            path -> {
              server.stubFor(
                  any(urlPathEqualTo(path)).willReturn(aResponse().withTransformers(COLLECTION)));
              return new CopyOnWriteArrayList<>();
            })
        .addAll(records.stream().map(record -> new Entry(at(record), record)).toList());
  }

  @Override
  public void close() {
    server.stop();
  }

  private final class Collection implements ResponseDefinitionTransformerV2 {
    @Override
    public String getName() {
      return COLLECTION;
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
      String path = event.getRequest().getUrl().replaceFirst("[?].*", "");
      String since = parameter(event, "since", "");
      int after = Integer.parseInt(parameter(event, "after", "0"));
      int limit = Integer.parseInt(parameter(event, "limit", "100"));
      List<String> fitting =
          collections.get(path).stream()
              .filter(entry -> entry.at().compareTo(since) >= 0)
              .map(Entry::record)
              .toList();
      int end = Math.min(fitting.size(), after + limit);
      String next = end < fitting.size() ? "\"" + end + "\"" : "null";
      String data = String.join(",", fitting.subList(Math.min(after, end), end));
      return ResponseDefinitionBuilder.okForJson(null)
          .withBody("{\"data\":[" + data + "],\"next\":" + next + "}")
          .build();
    }

    private static String parameter(ServeEvent event, String name, String otherwise) {
      QueryParameter parameter = event.getRequest().queryParameter(name);
      return parameter.isPresent() ? parameter.firstValue() : otherwise;
    }
  }

  private record Entry(String at, String record) {}

  private static String at(String record) {
    Matcher found = AT.matcher(record);
    return found.find() ? found.group(1) : "";
  }
}
