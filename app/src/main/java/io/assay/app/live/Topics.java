package io.assay.app.live;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The shop's topics, each with one partition. */
final class Topics implements AutoCloseable {
  /** By dataset. */
  private static final Map<String, String> NAMES =
      Map.of(
          "orders", "shop.public.orders",
          "order_items", "shop.public.order_items",
          "products", "shop.public.products",
          "payments", "payments",
          "clickstream", "clickstream");

  private static final Duration FLUSHED = Duration.ofSeconds(10);

  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  /** Makes them. */
  Topics(String brokers) throws InterruptedException, ExecutionException {
    admin = Admin.create(Map.of("bootstrap.servers", brokers));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "acks", "all", "linger.ms", "20"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    List<NewTopic> topics =
        NAMES.values().stream().map(name -> new NewTopic(name, 1, (short) 1)).toList();
    admin.createTopics(topics).all().get();
  }

  /** Sends a message; {@code taken} is run when the broker has it. */
  void send(String dataset, String key, String value, Runnable taken) {
    var unused =
        producer.send(
            new ProducerRecord<>(NAMES.get(dataset), bytes(key), bytes(value)),
            (metadata, failure) -> {
              if (failure == null) {
                taken.run();
              }
            });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Waits until the broker has all that was sent. */
  void flush() {
    producer.flush();
  }

  /** How many messages a dataset's topic has. */
  long messages(String dataset) throws InterruptedException, ExecutionException {
    TopicPartition partition = new TopicPartition(NAMES.get(dataset), 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  @Override
  public void close() {
    producer.close(FLUSHED);
    admin.close(FLUSHED);
  }
}
