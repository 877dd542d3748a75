package io.assay.app.demo;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.matching.StringValuePattern;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.job.JobContext;
import io.assay.testing.JsonApi;
import io.assay.testing.KafkaBroker;
import io.assay.testing.TestSpark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shop as it is in production: the messages that the demo reads from files come by Kafka, the
 * sensors' answers over HTTP.
 */
@Tag("all")
class ShopOnKafkaTest {
  private static final Map<String, String> TOPICS =
      Map.of(
          "products.jsonl", "shop.public.products",
          "orders.jsonl", "shop.public.orders",
          "order_items.jsonl", "shop.public.order_items",
          "payments.jsonl.gz", "payments",
          "clickstream.jsonl", "clickstream");

  /** As many as the shop's dataset asks for. */
  private static final int PAGE = 200;

  @TempDir Path folder;

  @Test
  void goldSaysTheSameWhereTheMessagesComeFromABroker() throws IOException {
    Path landing = folder.resolve("landing");
    ShopGenerator.DEFAULT.generate(3, landing);
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"));
        JsonApi sensors = JsonApi.start()) {
      for (String topic : TOPICS.values()) {
        broker.create(topic, 1);
      }
      send(broker, landing);
      answer(sensors, landing);
      SparkSession spark = TestSpark.session();
      Project shop =
          ProjectLoader.load(
              ProjectLocation.of(Path.of(System.getProperty("assay.root"), "conf").toString()),
              "",
              List.of(
                  "warehouse=" + folder.resolve("warehouse"),
                  "connections.landing.store.root=" + landing),
              Map.of("SHOP_BROKERS", broker.address(), "SHOP_SENSORS", sensors.url() + "/v1"));
      new DemoRun(
              new JobContext(
                  spark,
                  shop,
                  Clock.systemUTC(),
                  "shop-on-kafka",
                  CommitSeam.DIRECT,
                  Decision.NONE),
              line -> {})
          .run(Decision.NONE);

      ShopProof proof = new ShopProof(new ShopAnswers(spark, shop.warehouse()));
      ShopTruth truth = new ShopTruth(ShopGenerator.DEFAULT.days(3));
      proof.trade(truth);
      proof.payments(truth);
      proof.shelves(truth);
    }
  }

  /** Moves the files of messages to their topics; a delete is followed by its tombstone. */
  private static void send(KafkaBroker broker, Path landing) throws IOException {
    for (Path file : files(landing, TOPICS::containsKey)) {
      String topic = TOPICS.get(file.getFileName().toString());
      broker.send(
          lines(file).stream()
              .flatMap(
                  line -> line.contains("\"op\":\"d\"") ? Stream.of(line, null) : Stream.of(line))
              .map(line -> message(topic, line))
              .toList());
      Files.delete(file);
    }
  }

  /** Moves the files of readings behind an API, in pages of its own. */
  private static void answer(JsonApi api, Path landing) throws IOException {
    List<String> readings = new ArrayList<>();
    for (Path file : files(landing, "sensors.jsonl"::equals)) {
      for (String page : lines(file)) {
        new ObjectMapper()
            .readTree(page)
            .get("readings")
            .forEach(reading -> readings.add(reading.toString()));
      }
      Files.delete(file);
    }
    List<String> pages = ShopFeeds.pages(readings, PAGE);
    for (int page = 0; page < pages.size(); page++) {
      StringValuePattern after = page == 0 ? absent() : equalTo(Integer.toString(page * PAGE));
      api.server()
          .stubFor(
              get(urlPathEqualTo("/v1/readings"))
                  .withQueryParam("limit", equalTo(Integer.toString(PAGE)))
                  .withQueryParam("after", after)
                  .willReturn(okJson(pages.get(page))));
    }
  }

  private static List<Path> files(Path landing, Predicate<String> names) throws IOException {
    try (Stream<Path> all = Files.walk(landing)) {
      return all.filter(file -> names.test(file.getFileName().toString())).sorted().toList();
    }
  }

  private static ProducerRecord<byte[], byte[]> message(String topic, String line) {
    return new ProducerRecord<>(topic, line == null ? null : line.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(Path file) throws IOException {
    try (InputStream stored = Files.newInputStream(file);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(stored) : stored,
                    StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    }
  }
}
