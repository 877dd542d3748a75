package io.assay.server.debezium;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * A connector in the form in which Kafka Connect's REST interface takes it: {@code {"name": …,
 * "config": {…}}}. Secrets are named as there: {@code ${env:NAME}}, {@code ${file:/path:key}}.
 *
 * @param settings all of them, with secrets
 */
record ConnectorFile(String name, Map<String, String> settings) {
  private static final Pattern UNKNOWN = Pattern.compile("\\$\\{(?:env|file):[^}]*}");
  private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";
  private static final Set<String> CONVERTERS = Set.of("key.converter", "value.converter");

  /**
   * Reads and checks a file.
   *
   * @param changes settings that replace those of the file
   * @throws ConfigurationException if it cannot be used
   */
  static ConnectorFile read(Path file, Map<String, String> changes) {
    JsonNode content = parsed(file);
    String name = content.path("name").asText("");
    if (name.isEmpty() || !content.path("config").isObject()) {
      throw new ConfigurationException(file + " has no \"name\" or no \"config\"");
    }
    Map<String, String> settings = new TreeMap<>();
    content
        .get("config")
        .fields()
        .forEachRemaining(field -> settings.put(field.getKey(), field.getValue().asText()));
    settings.putAll(changes);
    ConnectorFile connector = new ConnectorFile(name, resolved(settings));
    connector.check();
    return connector;
  }

  private static JsonNode parsed(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(file + " is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new ConfigurationException(file + " cannot be read: " + e.getMessage());
    }
  }

  private static Map<String, String> resolved(Map<String, String> settings) {
    EnvVarConfigProvider environment = new EnvVarConfigProvider();
    environment.configure(Map.of());
    FileConfigProvider files = new FileConfigProvider();
    files.configure(Map.of());
    Map<String, String> resolved =
        new ConfigTransformer(Map.of("env", environment, "file", files)).transform(settings).data();
    String unknown =
        settings.values().stream()
            .map(UNKNOWN::matcher)
            .filter(Matcher::find)
            .map(Matcher::group)
            .filter(variable -> resolved.values().stream().anyMatch(v -> v.contains(variable)))
            .distinct()
            .collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      throw new ConfigurationException("nothing is known of " + unknown);
    }
    return new TreeMap<>(resolved);
  }

  private void check() {
    for (String converter : CONVERTERS) {
      String type = settings.getOrDefault(converter, JSON);
      if (!type.equals(JSON)) {
        throw new ConfigurationException(
            "%s is %s; this server writes JSON alone (%s)".formatted(converter, type, JSON));
      }
    }
    if (!settings.containsKey("connector.class")) {
      throw new ConfigurationException("connector.class is missing");
    }
    if (settings.containsKey("topic.creation.groups")) {
      throw new ConfigurationException(
          "topic.creation.groups is not supported here: name topic.creation.default.… alone, or create the topics");
    }
  }
}
