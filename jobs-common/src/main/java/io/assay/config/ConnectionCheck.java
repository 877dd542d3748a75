package io.assay.config;

import io.assay.document.Element.Mapping;
import io.assay.document.Paths;
import io.assay.document.Problems;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What connections must be beyond their shapes. A null was reported before. */
final class ConnectionCheck {
  private static final Set<String> KAFKA_OWN =
      Set.of(
          "bootstrap.servers",
          "group.id",
          "key.deserializer",
          "value.deserializer",
          "auto.offset.reset",
          "enable.auto.commit",
          "allow.auto.create.topics",
          "isolation.level",
          "interceptor.classes",
          "request.timeout.ms",
          "default.api.timeout.ms");

  private static final Set<String> DATABASE_OWN =
      Set.of("user", "password", "options", "tinyInt1isBit", "sessionVariables", "timezone");

  private static final Pattern DATABASE = Pattern.compile("^jdbc:(postgresql|mariadb)://[^/]+/.");
  private static final Pattern REDIS =
      Pattern.compile("rediss?://[^/@?#:]+(:[0-9]{1,5})?(/[0-9]{1,4})?");
  private static final Pattern ADDRESS = Pattern.compile("https?://[^/@?#]+(/[^@?#]*)?");

  private final Mapping settings;
  private final Problems problems;

  /**
   * @param settings the document that holds them
   */
  ConnectionCheck(Mapping settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  void check(Map<String, Connection> connections) {
    connections.forEach(
        (name, connection) -> {
          if (connection instanceof Connection.Kafka kafka) {
            kafka(name, kafka);
          } else if (connection instanceof Connection.Http http) {
            new HttpConnectionCheck((message, below) -> problem(message, path(name, below)))
                .check(http);
          } else if (connection instanceof Connection.Jdbc jdbc) {
            jdbc(name, jdbc);
          } else if (connection instanceof Connection.Redis redis
              && redis.url() != null
              && !REDIS.matcher(redis.url()).matches()) {
            problem(
                "must be like redis://HOST:6379/0; who asks is said by user and password",
                "connections",
                name,
                "redis",
                "url");
          }
        });
  }

  private static Object[] path(String name, Object[] below) {
    return Stream.concat(Stream.of("connections", name, "http"), Stream.of(below)).toArray();
  }

  private void kafka(String name, Connection.Kafka kafka) {
    if (kafka.brokers() != null && kafka.brokers().isBlank()) {
      problem("must name at least one broker", "connections", name, "kafka", "brokers");
    }
    if (kafka.registry() != null
        && kafka.registry().filter(registry -> !isAddress(registry.url())).isPresent()) {
      problem(
          "must be an address such as https://schemas.example.com; who asks is said by user and password",
          "connections",
          name,
          "kafka",
          "registry",
          "url");
    }
    if (kafka.options() != null) {
      kafka.options().keySet().stream()
          .filter(KAFKA_OWN::contains)
          .forEach(
              key ->
                  problem(
                      "cannot be set: Assay sets it itself, by brokers and patience or so that no"
                          + " message is lost; remove it",
                      "connections",
                      name,
                      "kafka",
                      "options",
                      key));
    }
  }

  private void jdbc(String name, Connection.Jdbc jdbc) {
    if (jdbc.url() != null && !DATABASE.matcher(jdbc.url()).find()) {
      problem(
          "must be jdbc:postgresql://HOST/DATABASE or jdbc:mariadb://HOST/DATABASE",
          "connections",
          name,
          "jdbc",
          "url");
    } else if (jdbc.url() != null && holdsSecret(jdbc.url())) {
      problem(
          "must hold no secret: who asks is said by user and password",
          "connections",
          name,
          "jdbc",
          "url");
    }
    if (jdbc.options() != null) {
      jdbc.options().keySet().stream()
          .filter(DATABASE_OWN::contains)
          .forEach(
              key ->
                  problem(
                      "cannot be set: Assay sets it itself, by user and password or so that no value"
                          + " is changed; remove it",
                      "connections",
                      name,
                      "jdbc",
                      "options",
                      key));
    }
  }

  private static boolean holdsSecret(String url) {
    int properties = url.indexOf('?');
    return url.contains("@") || properties >= 0 && Redaction.tells(url.substring(properties));
  }

  private static boolean isAddress(String url) {
    return url == null || ADDRESS.matcher(url).matches();
  }

  private void problem(String message, Object... path) {
    problems.add(settings.at(path), Paths.of(path), message);
  }
}
