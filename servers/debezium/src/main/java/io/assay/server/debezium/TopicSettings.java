package io.assay.server.debezium;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes topics that do not exist, with the connector's {@code topic.creation.default} settings.
 * Without those, topics must exist.
 */
final class TopicSettings {
  private static final String PREFIX = "topic.creation.default.";

  private final Admin admin;
  private final Map<String, String> settings = new TreeMap<>();
  private final Set<String> known = new HashSet<>();

  TopicSettings(Admin admin, Map<String, String> connector) {
    this.admin = admin;
    connector.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            settings.put(name.substring(PREFIX.length()), value);
          }
        });
  }

  /** Makes a topic, if it is missing. */
  void ensure(String topic) throws InterruptedException, ExecutionException {
    if (known.contains(topic)) {
      return;
    }
    if (!exists(topic)) {
      create(topic);
    }
    known.add(topic);
  }

  private boolean exists(String topic) throws InterruptedException, ExecutionException {
    try {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  private void create(String topic) throws InterruptedException, ExecutionException {
    if (settings.isEmpty()) {
      throw new ConfigurationException(
          "topic %s does not exist: create it, or set %spartitions and %sreplication.factor"
              .formatted(topic, PREFIX, PREFIX));
    }
    Map<String, String> others = new TreeMap<>(settings);
    Optional<Integer> partitions =
        Optional.ofNullable(others.remove("partitions")).map(Integer::valueOf);
    Optional<Short> replicas =
        Optional.ofNullable(others.remove("replication.factor")).map(Short::valueOf);
    try {
      admin
          .createTopics(List.of(new NewTopic(topic, partitions, replicas).configs(others)))
          .all()
          .get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
