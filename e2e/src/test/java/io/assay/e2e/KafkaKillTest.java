package io.assay.e2e;

import static io.assay.e2e.KilledReadings.RECORDS;

import io.assay.testing.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs and streams killed again and again while they take in a topic, and while they clean. */
@Tag("all")
class KafkaKillTest {
  @TempDir private Path temporary;

  @Test
  void afterTenKillsEachMessageIsThereExactlyOnce() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(temporary.resolve("broker"))) {
      broker.create("readings", 4);
      broker.send(readings());
      new KilledReadings(
              temporary.resolve("project"),
              "connections: {events: {kafka: {brokers: \"%s\"}}}\n".formatted(broker.address()),
              "source: {kafka: {connection: events, topic: readings}}\n")
          .areThereOnceAfterTenKills(RECORDS);
    }
  }

  private static List<ProducerRecord<byte[], byte[]>> readings() {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String value = "{\"id\": %d, \"text\": \"reading %d\"}".formatted(i, i);
      records.add(
          new ProducerRecord<>("readings", i % 4, null, value.getBytes(StandardCharsets.UTF_8)));
    }
    return records;
  }
}
