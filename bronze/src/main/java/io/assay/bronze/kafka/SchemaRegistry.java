package io.assay.bronze.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.assay.bronze.record.AvroSchemas;
import io.assay.config.Connection;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** A registry with the interface of Confluent's, asked by the tasks that read messages. */
final class SchemaRegistry implements AvroSchemas {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What it says of a subject, a version and a schema that it does not have. */
  private static final Set<Integer> UNKNOWN = Set.of(40401, 40402, 40403);

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final String url;
  private final String authorization;
  private final Duration patience;
  private transient HttpClient client;

  SchemaRegistry(Connection.Registry registry, Duration patience) {
    this.url = registry.url().replaceFirst("/+$", "");
    this.authorization =
        registry
            .user()
            .map(user -> user + ":" + registry.password().orElse(""))
            .map(user -> user.getBytes(StandardCharsets.UTF_8))
            .map(user -> "Basic " + Base64.getEncoder().encodeToString(user))
            .orElse("");
    this.patience = patience;
  }

  @Override
  public Optional<Schema> schema(int number) {
    Optional<JsonNode> found =
        asked("/schemas/ids/" + number)
            .filter(schema -> schema.path("schemaType").asText("AVRO").equals("AVRO"));
    try {
      // Whoever wrote the values got by with these names and defaults.
      Schema.Parser parser = new Schema.Parser().setValidate(false).setValidateDefaults(false);
      return found.map(schema -> parsed(schema, parser, new HashSet<>()));
    } catch (AvroRuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * A schema, after those that it refers to.
   *
   * @param referred the paths that were asked for
   */
  private Schema parsed(JsonNode found, Schema.Parser parser, Set<String> referred) {
    for (JsonNode reference : found.path("references")) {
      String subject =
          URLEncoder.encode(reference.path("subject").asText(), StandardCharsets.UTF_8);
      String path = "/subjects/" + subject + "/versions/" + reference.path("version").asInt();
      if (referred.add(path)) {
        asked(path).ifPresent(schema -> parsed(schema, parser, referred));
      }
    }
    return parser.parse(found.path("schema").asText());
  }

  /** The answer; empty if the registry says that it has no such thing. */
  private Optional<JsonNode> asked(String path) {
    long end = System.nanoTime() + patience.toNanos();
    Duration pause = PAUSE;
    while (true) {
      String failure;
      try {
        Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
        HttpResponse<String> answer = client().send(request(path, left), body());
        JsonNode said = document(answer.body());
        if (answer.statusCode() == 200 && said.path("schema").isTextual()) {
          return Optional.of(said);
        } else if (answer.statusCode() == 404
            && UNKNOWN.contains(said.path("error_code").asInt())) {
          return Optional.empty();
        } else if (!isPassing(answer.statusCode())) {
          throw refused(path, answer.statusCode());
        }
        failure = "it answers " + answer.statusCode() + ", and no schema";
      } catch (IOException e) {
        failure = String.valueOf(e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw silent(path, "the task was stopped");
      }
      if (System.nanoTime() + pause.toNanos() > end) {
        throw silent(path, failure);
      }
      pause = waited(pause);
    }
  }

  private static JsonNode document(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** Whether it may answer better soon. */
  private static boolean isPassing(int status) {
    return status == 200 || status == 429 || status >= 500;
  }

  private Duration waited(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private HttpClient client() {
    if (client == null) {
      client = HttpClient.newBuilder().connectTimeout(patience).build();
    }
    return client;
  }

  private HttpRequest request(String path, Duration left) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(left)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    return authorization.isEmpty()
        ? request.build()
        : request.header("Authorization", authorization).build();
  }

  private static HttpResponse.BodyHandler<String> body() {
    return HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8);
  }

  private AssayException refused(String path, int status) {
    return new AssayException(
        ExitCode.FAILURE,
        "the schema registry %s refuses %s with status %d. Correct the registry of the connection in assay.yaml: its url, or who asks"
            .formatted(url, path, status));
  }

  private AssayException silent(String path, String failure) {
    return new AssayException(
        ExitCode.UNAVAILABLE,
        "the schema registry %s does not answer %s: %s. Nothing of the batch landed; run again"
            .formatted(url, path, failure));
  }
}
