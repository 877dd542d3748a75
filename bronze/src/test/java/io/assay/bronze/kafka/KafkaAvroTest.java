package io.assay.bronze.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.assay.config.Connection;
import io.assay.config.Source;
import io.assay.config.Source.MessageFormat;
import io.assay.config.Start;
import io.assay.error.ExitCode;
import io.assay.testing.KafkaBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages in Avro, whose schema is declared or is in a registry. */
class KafkaAvroTest {
  private static final KafkaBroker KAFKA = KafkaBroker.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String PAYMENT =
      "{\"type\":\"record\",\"name\":\"Payment\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}";

  @TempDir Path folder;

  private final AtomicInteger requests = new AtomicInteger();

  private static ProducerRecord<byte[], byte[]> message(String topic, int... bytes) {
    byte[] value = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      value[i] = (byte) bytes[i];
    }
    return new ProducerRecord<>(topic, 0, null, value);
  }

  private Topics topics(
      String topic, Optional<String> schema, Optional<Connection.Registry> registry) {
    Source.Kafka source =
        new Source.Kafka(
            "shop",
            Optional.of(topic),
            List.of(),
            Optional.empty(),
            MessageFormat.AVRO,
            schema,
            Start.EARLIEST,
            Map.of(),
            Topics.LIMITS);
    Connection.Kafka cluster = new Connection.Kafka(KAFKA.address(), Map.of(), registry, PATIENCE);
    return Topics.of(folder, cluster, source);
  }

  @Test
  void valuesOfOneSchemaLandAsDocuments() {
    KAFKA.create("bare", 1);
    KAFKA.send(List.of(message("bare", 84), message("bare", 84, 1)));
    Topics topics = topics("bare", Optional.of(PAYMENT), Optional.empty());

    topics.run();

    assertThat(topics.project.rows("_source.position", "_value", "_problem", "_raw"))
        .containsExactly(
            "[0,{\"id\":42},null,null]", "[1,null,malformed Avro: bytes behind the value,VAE=]");
  }

  @Test
  void schemasAreAskedForAgainUntilTheRegistryAnswersAndAreKnownThen() throws IOException {
    KAFKA.create("registered", 1);
    KAFKA.send(
        List.of(
            message("registered", 0, 0, 0, 0, 7, 84),
            message("registered", 0, 0, 0, 0, 7, 86),
            message("registered", 0, 0, 0, 0, 8, 2, 84, 0),
            message("registered", 0, 0, 0, 0, 9, 84),
            message("registered", 1, 2, 3),
            message("registered", 0, 0, 0, 0, 10, 84)));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/registry/", this::answer);
    server.start();
    String url =
        "http://%s:%d/registry/"
            .formatted(
                InetAddress.getLoopbackAddress().getHostAddress(), server.getAddress().getPort());
    try {
      topics("registered", Optional.empty(), Optional.of(registry(url, "wrong")))
          .assertFails(ExitCode.FAILURE, "refuses /schemas/ids/7 with status 401");
      Topics topics = topics("registered", Optional.empty(), Optional.of(registry(url, "secret")));

      topics.run();

      assertThat(topics.project.rows("_source.position", "_value", "_problem"))
          .containsExactly(
              "[0,{\"id\":42},null]",
              "[1,{\"id\":43},null]",
              "[2,[{\"id\":42}],null]",
              "[3,null,schema 9 is not known to the registry as one of Avro]",
              "[4,null,malformed Avro: no zero and schema number in front]",
              "[5,null,schema 10 is not known to the registry as one of Avro]");
      assertThat(requests).as("each schema is asked for once").hasValue(6);
      KAFKA.send(List.of(message("registered", 0, 0, 0, 0, 7, 88)));
      topics("registered", Optional.empty(), Optional.of(registry(url + "elsewhere", "secret")))
          .assertFails(ExitCode.FAILURE, "refuses /schemas/ids/7 with status 404");
    } finally {
      server.stop(0);
    }
    Topics topics = topics("registered", Optional.empty(), Optional.of(registry(url, "secret")));
    long start = System.nanoTime();
    topics.assertFails(ExitCode.UNAVAILABLE, "does not answer /schemas/ids/7");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.multipliedBy(5));
    assertThat(topics.project.rows("_source.position")).as("nothing landed").hasSize(6);
  }

  private static Connection.Registry registry(String url, String password) {
    return new Connection.Registry(url, Optional.of("me"), Optional.of(password));
  }

  /** The first answer is that it is busy. */
  private void answer(HttpExchange exchange) throws IOException {
    boolean known =
        "Basic bWU6c2VjcmV0".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    String text =
        switch (exchange.getRequestURI().getPath()) {
          case "/registry/schemas/ids/7", "/registry/subjects/payment/versions/1" ->
              "{\"schema\":\"%s\"}".formatted(PAYMENT.replace("\"", "\\\""));
          case "/registry/schemas/ids/8" ->
              "{\"schema\":\"{\\\"type\\\":\\\"array\\\",\\\"items\\\":\\\"Payment\\\"}\",\"references\":"
                  + "[{\"name\":\"Payment\",\"subject\":\"payment\",\"version\":1}]}";
          case "/registry/schemas/ids/9" ->
              "{\"error_code\":40403,\"message\":\"Schema not found\"}";
          case "/registry/schemas/ids/10" -> "{\"schema\":\"{\\\"type\\\":\\\"no such\\\"}\"}";
          default -> "";
        };
    int status = text.contains("schema\"") ? 200 : 404;
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    if (!known) {
      status = 401;
    } else if (requests.getAndIncrement() == 0) {
      status = 503;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
