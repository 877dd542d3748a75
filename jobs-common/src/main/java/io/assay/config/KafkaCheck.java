package io.assay.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** What a source of Kafka must be beyond its shape. A null was reported before. */
final class KafkaCheck {
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final Pattern PARTITION = Pattern.compile("[a-zA-Z0-9._-]{1,249}-[0-9]{1,9}");

  private final DatasetCheck dataset;

  KafkaCheck(DatasetCheck dataset) {
    this.dataset = dataset;
  }

  void check(Source.Kafka kafka) {
    topics(kafka);
    DatasetCheck.present(kafka.pattern()).ifPresent(this::pattern);
    DatasetCheck.present(kafka.schema()).ifPresent(schema -> schema(kafka, schema));
    if (kafka.offsets() != null) {
      kafka.offsets().forEach(this::offset);
    }
    if (kafka.limits() != null && kafka.limits().recordBytes() < 1) {
      problem("must be at least 1", "limits", "record_bytes");
    }
    if (kafka.limits() != null && kafka.limits().depth() < 1) {
      problem("must be at least 1", "limits", "depth");
    }
  }

  private void topics(Source.Kafka kafka) {
    List<String> ways = new ArrayList<>();
    DatasetCheck.present(kafka.topic()).ifPresent(topic -> ways.add("topic"));
    if (kafka.topics() != null && !kafka.topics().isEmpty()) {
      ways.add("topics");
    }
    DatasetCheck.present(kafka.pattern()).ifPresent(pattern -> ways.add("pattern"));
    if (ways.size() != 1) {
      problem(
          "expected exactly one of the keys topic, topics, pattern, found "
              + (ways.isEmpty() ? "none" : String.join(", ", ways)));
    }
    DatasetCheck.present(kafka.topic()).ifPresent(topic -> named(topic, "topic"));
    if (kafka.topics() != null) {
      kafka.topics().forEach(topic -> named(topic, "topics"));
    }
  }

  private void named(String topic, String key) {
    if (topic != null && !TOPIC.matcher(topic).matches()) {
      problem(
          "'%s' is no topic's name: letters, digits, dots, underscores and hyphens"
              .formatted(topic),
          key);
    }
  }

  private void pattern(String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      problem("is no regular expression: " + e.getDescription(), "pattern");
    }
  }

  private void schema(Source.Kafka kafka, String schema) {
    if (kafka.format() != null && kafka.format() != Source.MessageFormat.AVRO) {
      problem("belongs to format: avro", "schema");
      return;
    }
    try {
      new Schema.Parser().parse(schema);
    } catch (AvroRuntimeException e) {
      problem(
          "is no Avro schema: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "schema");
    }
  }

  private void offset(String partition, Long offset) {
    if (!PARTITION.matcher(partition).matches()) {
      problem("expected a topic's partition such as payments-0", "offsets", partition);
    } else if (offset != null && offset < 0) {
      problem("must not be negative", "offsets", partition);
    }
  }

  private void problem(String message, String... path) {
    List<Object> whole = new ArrayList<>(List.of("source", "kafka"));
    whole.addAll(List.of(path));
    dataset.problem(message, whole.toArray());
  }
}
