package io.assay.bench.freshness;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends events at an even rate, and remembers when it sent each. */
final class EventSender {
  private static final int ACCOUNTS = 50_000;
  private static final List<String> STATES = List.of("open", "paid", "sent");

  private final Map<String, Object> client;

  EventSender(String broker) {
    this.client = Map.of("bootstrap.servers", broker, "linger.ms", "5");
  }

  void createTopic() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(client)) {
      admin
          .createTopics(List.of(new NewTopic(EventProject.TOPIC, SentEvents.LANES, (short) 1)))
          .all()
          .get();
    }
  }

  /**
   * Sends events one after another. Who is too slow for the rate sends as fast as it can.
   *
   * @param rate events a second
   */
  SentEvents send(int rate, Duration time) throws ExecutionException, InterruptedException {
    Random random = new Random(rate);
    int all = Math.toIntExact(rate * time.toSeconds());
    SentEvents sent = new SentEvents(all);
    Future<RecordMetadata> last = null;
    Instant now = Instant.EPOCH;
    long start = System.nanoTime();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int event = 0; event < all; event++) {
        long wait = start + event * 1_000_000_000L / rate - System.nanoTime();
        if (wait > 0) {
          LockSupport.parkNanos(wait);
        }
        int account = random.nextInt(ACCOUNTS);
        int lane = account % SentEvents.LANES;
        now = later(now);
        sent.add(lane, now);
        last =
            producer.send(
                new ProducerRecord<>(
                    EventProject.TOPIC,
                    lane,
                    utf8("account-" + account),
                    utf8(event(event, lane, account, now, random))));
      }
      // Whether the others were taken is seen in the table.
      last.get();
    }
    return sent;
  }

  /** No two events have the same time: a version that ends as it begins is none. */
  private static Instant later(Instant before) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return now.isAfter(before) ? now : before.plus(1, ChronoUnit.MICROS);
  }

  /** No two have the same amount, so that each is a version of its account. */
  private static String event(int id, int lane, int account, Instant now, Random random) {
    return "{\"event_id\":%d,\"lane\":%d,\"account\":\"account-%d\",\"amount\":\"%d.%02d\",\"status\":\"%s\",\"sent_at\":\"%s\"}"
        .formatted(
            id,
            lane,
            account,
            1 + id / 100,
            id % 100,
            STATES.get(random.nextInt(STATES.size())),
            now);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
