package io.assay.testing;

import io.assay.server.kafka.Broker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker of Kafka in this process, on ports of its own: one open, one with TLS and a password.
 */
public final class KafkaBroker implements AutoCloseable {
  public static final String PASSWORD = "s3cret-password";

  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required"
          + " username=\"assay\" password=\"%s\"";
  private static final String HUGE = Integer.toString(Broker.LARGEST_MESSAGE);

  private static final SharedServer<KafkaBroker> SHARED =
      new SharedServer<>("kafka", KafkaBroker::start, KafkaBroker::stop);

  private final Path folder;
  private final Broker broker;
  private final int secure = Broker.freePort();
  private Admin admin;

  private KafkaBroker(Path folder) {
    this.folder = folder;
    makeKeys();
    this.broker = Broker.in(folder, 0, settings());
  }

  /** The one that all tests of a process share; a test has topics of its own. */
  public static KafkaBroker shared() {
    return SHARED.get();
  }

  /** Starts a new one whose data lie in this folder. */
  public static KafkaBroker start(Path folder) {
    KafkaBroker broker = new KafkaBroker(folder);
    broker.start();
    return broker;
  }

  private void makeKeys() {
    try {
      Files.createDirectories(folder);
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "broker",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "san=ip:127.0.0.1",
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  PASSWORD,
                  "-keystore",
                  keys())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public void start() {
    broker.start();
    admin = Admin.create(Map.of("bootstrap.servers", address()));
  }

  public void stop() {
    if (admin != null) {
      admin.close();
      admin = null;
      broker.stop();
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** Where everybody may. */
  public String address() {
    return broker.address();
  }

  /** Where only user assay may, over TLS. */
  public String secureAddress() {
    return "127.0.0.1:" + secure;
  }

  /** What a client needs there. */
  public Map<String, String> clientOptions(String password) {
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        LOGIN.formatted(password) + ";",
        "ssl.truststore.location",
        keys(),
        "ssl.truststore.password",
        PASSWORD);
  }

  public void create(String topic, int partitions) {
    create(topic, partitions, Map.of());
  }

  public void create(String topic, int partitions, Map<String, String> settings) {
    NewTopic created = new NewTopic(topic, partitions, (short) 1).configs(settings);
    await(admin.createTopics(List.of(created)).all());
  }

  public void grow(String topic, int partitions) {
    await(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all());
  }

  /** Does what retention does. */
  public void expire(String topic, int partition, long before) {
    await(
        admin
            .deleteRecords(
                Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
            .all());
  }

  public void delete(String topic) {
    await(admin.deleteTopics(List.of(topic)).all());
  }

  public KafkaProducer<byte[], byte[]> producer(Map<String, String> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", address());
    settings.put("max.request.size", HUGE);
    settings.put("buffer.memory", HUGE);
    // Each write copies what is left of a message: of 100 MB it must take more than the usual 128
    // KB.
    settings.put("send.buffer.bytes", "-1");
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  public void send(List<ProducerRecord<byte[], byte[]>> records) {
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      List<? extends Future<?>> sent = records.stream().map(producer::send).toList();
      sent.forEach(KafkaBroker::await);
    }
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private String keys() {
    return folder.resolve("keys.p12").toString();
  }

  /**
   * What tests need besides: a listener that wants a password, a compaction that is prompt, and
   * messages that may be old, since nothing expires unless a test says so.
   */
  private Map<String, String> settings() {
    return Map.of(
        "listeners",
        "SECURE://127.0.0.1:" + secure,
        "listener.security.protocol.map",
        "SECURE:SASL_SSL",
        "sasl.enabled.mechanisms",
        "PLAIN",
        "listener.name.secure.plain.sasl.jaas.config",
        LOGIN.formatted(PASSWORD) + " user_assay=\"" + PASSWORD + "\";",
        "listener.name.secure.ssl.keystore.location",
        keys(),
        "listener.name.secure.ssl.keystore.password",
        PASSWORD,
        "log.cleaner.backoff.ms",
        "100",
        "log.retention.ms",
        "-1");
  }
}
