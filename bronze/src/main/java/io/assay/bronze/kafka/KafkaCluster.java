package io.assay.bronze.kafka;

import io.assay.bronze.record.AvroSchemas;
import io.assay.config.Connection;
import io.assay.config.Project;
import io.assay.config.Source;
import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** A cluster that a connection names: what topics it has, and how far they reach. */
final class KafkaCluster implements Closeable {
  private static final Duration REQUEST = Duration.ofSeconds(30);

  private final String name;
  private final Connection.Kafka connection;
  private Admin admin;

  /**
   * @param name the connection's
   */
  KafkaCluster(String name, Connection.Kafka connection) {
    this.name = name;
    this.connection = connection;
  }

  /**
   * The cluster that a source reads.
   *
   * @throws AssayException with exit code 4 if the connection is none, or has an option that
   *     Kafka's clients do not know
   */
  static KafkaCluster of(Project project, Source.Kafka source) {
    if (project.settings().connections().get(source.connection())
        instanceof Connection.Kafka connection) {
      requireKnownOptions(source.connection(), connection);
      return new KafkaCluster(source.connection(), connection);
    }
    throw new AssayException(
        ExitCode.CONFIGURATION,
        "connection '%s' is no Kafka cluster: declare it in assay.yaml under connections"
            .formatted(source.connection()));
  }

  private static void requireKnownOptions(String name, Connection.Kafka connection) {
    Set<String> known = new TreeSet<>(ConsumerConfig.configNames());
    known.addAll(AdminClientConfig.configNames());
    for (String option : connection.options().keySet()) {
      if (!known.contains(option)) {
        throw new AssayException(
            ExitCode.CONFIGURATION,
            "connections.%s.kafka.options: Kafka's clients know no '%s'%s"
                .formatted(name, option, Nearest.hint(option, known)));
      }
    }
  }

  /** The connection's name. */
  String name() {
    return name;
  }

  /** How long it is waited for. */
  Duration patience() {
    return connection.patience();
  }

  /** The schemas of messages in Avro; none where the connection has no registry. */
  AvroSchemas schemas() {
    return connection
        .registry()
        .<AvroSchemas>map(registry -> new SchemaRegistry(registry, connection.patience()))
        .orElse(number -> Optional.empty());
  }

  /** What a consumer needs to read what is committed, and nothing else, where it is told to. */
  Map<String, Object> consumerOptions() {
    Map<String, Object> options = clientOptions();
    options.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    options.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    options.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    options.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return options;
  }

  /** What a client needs to reach the cluster, by Kafka's names; secrets are among it. */
  private Map<String, Object> clientOptions() {
    Map<String, Object> options = new HashMap<>(connection.options());
    Duration patience = connection.patience();
    Duration request = patience.compareTo(REQUEST) < 0 ? patience : REQUEST;
    options.put("bootstrap.servers", connection.brokers());
    options.put("default.api.timeout.ms", Long.toString(patience.toMillis()));
    options.put("request.timeout.ms", Long.toString(request.toMillis()));
    return options;
  }

  /**
   * The partitions that a source reads, as they are now.
   *
   * @param ends whether they end before the first open transaction, or behind all that was written
   * @throws AssayException with exit code 5 if the cluster does not answer or a topic does not
   *     exist, with 1 if it refuses us
   */
  List<Partition> partitions(Source.Kafka source, IsolationLevel ends) {
    return asking(
        client -> {
          Collection<TopicDescription> topics =
              of(client.describeTopics(names(client, source)).allTopicNames()).values();
          Map<TopicPartition, String> ids = new HashMap<>();
          topics.forEach(
              topic ->
                  topic
                      .partitions()
                      .forEach(
                          partition ->
                              ids.put(
                                  new TopicPartition(topic.name(), partition.partition()),
                                  identity(topic))));
          Map<TopicPartition, Long> latest =
              offsets(client, ids.keySet(), OffsetSpec.latest(), ends);
          Map<TopicPartition, Long> beginnings =
              offsets(client, ids.keySet(), OffsetSpec.earliest(), ends);
          List<Partition> partitions = new ArrayList<>();
          ids.forEach(
              (at, id) ->
                  partitions.add(
                      new Partition(
                          at.topic(), at.partition(), id, beginnings.get(at), latest.get(at))));
          return partitions;
        });
  }

  private static String identity(TopicDescription topic) {
    return topic.topicId().equals(Uuid.ZERO_UUID) ? "" : topic.topicId().toString();
  }

  /** The offset of the first message of a time or later, by partition; its end if there is none. */
  Map<String, Long> since(Instant time, Collection<Partition> partitions) {
    Map<TopicPartition, Partition> asked =
        partitions.stream()
            .collect(
                Collectors.toMap(
                    each -> new TopicPartition(each.topic(), each.number()), each -> each));
    Map<TopicPartition, Long> found =
        asking(
            client ->
                offsets(
                    client,
                    asked.keySet(),
                    OffsetSpec.forTimestamp(time.toEpochMilli()),
                    IsolationLevel.READ_COMMITTED));
    Map<String, Long> offsets = new TreeMap<>();
    asked.forEach(
        (at, partition) ->
            offsets.put(partition.origin(), found.get(at) < 0 ? partition.end() : found.get(at)));
    return offsets;
  }

  private static Set<String> names(Admin client, Source.Kafka source) {
    Set<String> names = new TreeSet<>(source.topics());
    source.topic().ifPresent(names::add);
    if (source.pattern().isPresent()) {
      Pattern pattern = Pattern.compile(source.pattern().get());
      of(client.listTopics().names()).stream()
          .filter(topic -> pattern.matcher(topic).matches())
          .forEach(names::add);
    }
    return names;
  }

  private static Map<TopicPartition, Long> offsets(
      Admin client, Set<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> asked =
        partitions.stream().collect(Collectors.toMap(each -> each, each -> which));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        of(client.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
    return found.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
  }

  private <T> T asking(Function<Admin, T> question) {
    try {
      if (admin == null) {
        admin = Admin.create(clientOptions());
      }
      return question.apply(admin);
    } catch (RuntimeException e) {
      throw KafkaFailure.of(name, e);
    }
  }

  private static <T> T of(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
      admin = null;
    }
  }
}
