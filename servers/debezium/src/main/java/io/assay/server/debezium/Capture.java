package io.assay.server.debezium;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.JsonByteArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.storage.KafkaOffsetBackingStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connector at work. How far it has come is kept in a topic of the same brokers, so a process
 * can be killed and started anywhere else.
 */
final class Capture {
  private static final Logger LOGGER = LoggerFactory.getLogger(Capture.class);
  private static final int STOP_SECONDS = 20;

  private final ConnectorFile connector;
  private final Map<String, Object> clients;
  private final DebeziumEngine<ChangeEvent<byte[], byte[]>> engine;
  private final Admin admin;
  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<String> failure = new AtomicReference<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * @param clients settings of Kafka's clients, the brokers among them
   */
  Capture(ConnectorFile connector, Map<String, Object> clients) {
    this.connector = connector;
    this.clients = clients;
    this.admin = Admin.create(clients);
    this.producer = producer(clients);
    this.engine =
        DebeziumEngine.create(JsonByteArray.class)
            .using(settings())
            .using(
                (success, message, error) -> failure.set(success ? null : reason(message, error)))
            .notifying(new TopicWriter(producer, new TopicSettings(admin, connector.settings())))
            .build();
  }

  private static Producer<byte[], byte[]> producer(Map<String, Object> clients) {
    // What Kafka Connect sets for a source: nothing may be lost or overtaken.
    Map<String, Object> settings = new HashMap<>();
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    settings.put("max.request.size", Integer.toString(64 << 20));
    settings.putAll(clients);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.put("offset.storage", KafkaOffsetBackingStore.class.getName());
    settings.put("offset.storage.topic", connector.name() + "-offsets");
    settings.put("offset.storage.partitions", "1");
    settings.put(
        "offset.storage.replication.factor",
        connector.settings().getOrDefault("topic.creation.default.replication.factor", "1"));
    settings.put("offset.flush.interval.ms", "1000");
    clients.forEach((name, value) -> settings.put(name, value.toString()));
    connector.settings().forEach(settings::put);
    settings.put("name", connector.name());
    return settings;
  }

  private static String reason(String message, Throwable error) {
    Throwable root = error;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return root == null || root.getMessage() == null ? message : root.getMessage();
  }

  /**
   * Captures changes until it is stopped or fails.
   *
   * @return why it failed; empty if it was stopped
   */
  Optional<String> run() {
    try {
      engine.run();
      Optional<String> reason = Optional.ofNullable(failure.get());
      reason.ifPresentOrElse(
          text -> LOGGER.error("{} failed: {}", connector.name(), text),
          () -> LOGGER.info("{} has stopped", connector.name()));
      return reason;
    } finally {
      try {
        close();
      } finally {
        ended.countDown();
      }
    }
  }

  private void close() {
    // The engine interrupts the thread that runs it, and then nothing could be closed in peace.
    if (Thread.interrupted()) {
      LOGGER.debug("interrupted by the end of the engine");
    }
    producer.close();
    admin.close();
  }

  /**
   * Ends the capture, and waits until what was sent is noted, for some time: an engine whose
   * database or brokers are gone takes minutes to end, and nobody has to wait for that.
   */
  void stop() throws InterruptedException {
    Thread closing = new Thread(this::closeEngine, "close");
    closing.setDaemon(true);
    closing.start();
    boolean ignored = ended.await(2 * STOP_SECONDS, TimeUnit.SECONDS);
  }

  /** A connector that is just starting cannot be stopped yet. */
  private void closeEngine() {
    try {
      for (int i = 0; i < STOP_SECONDS && ended.getCount() > 0 && !closed(); i++) {
        boolean ignored = ended.await(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean closed() {
    try {
      engine.close();
      return true;
    } catch (IllegalStateException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
