package io.assay.bronze.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.bronze.BronzeProject;
import io.assay.config.BatchLimits;
import io.assay.config.Connection;
import io.assay.config.Source;
import io.assay.config.Source.MessageFormat;
import io.assay.config.Start;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Pending;
import io.assay.testing.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A project whose dataset reads topics of one broker. */
final class Topics {
  static final Source.Limits LIMITS = new Source.Limits(1 << 20, 20);

  final BronzeProject project;
  private final Source.Kafka source;
  private final long rows;

  private Topics(BronzeProject project, Source.Kafka source, long rows) {
    this.project = project;
    this.source = source;
    this.rows = rows;
  }

  static Topics of(Path folder, Connection.Kafka cluster, Source.Kafka source) {
    return new Topics(new BronzeProject(folder, Map.of("shop", cluster)), source, 1_000_000);
  }

  Topics inBatchesOf(long limit) {
    return new Topics(project, source, limit);
  }

  /** Of the broker that tests share. */
  static Topics of(Path folder, Source.Kafka source) {
    String address = KafkaBroker.shared().address();
    return of(
        folder,
        new Connection.Kafka(address, Map.of(), Optional.empty(), Duration.ofSeconds(20)),
        source);
  }

  static Source.Kafka source(MessageFormat format, Start start, String... topics) {
    return new Source.Kafka(
        "shop",
        Optional.empty(),
        List.of(topics),
        Optional.empty(),
        format,
        Optional.empty(),
        start,
        Map.of(),
        LIMITS);
  }

  BatchResult run() {
    return run(CommitSeam.DIRECT, Decision.NONE);
  }

  BatchResult run(CommitSeam seam, Decision decision) {
    return new KafkaIngestJob(dataset(), source).run(project.context(seam, decision));
  }

  /** A run that must fail, and what it must say. */
  void assertFails(ExitCode exitCode, String... parts) {
    assertFails(CommitSeam.DIRECT, exitCode, parts);
  }

  void assertFails(CommitSeam seam, ExitCode exitCode, String... parts) {
    assertThatThrownBy(() -> run(seam, Decision.NONE))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
        .hasMessageContainingAll(parts);
  }

  Pending pending() {
    return new KafkaIngestion()
        .pending(
            project.project(), dataset(), project.spark().sparkContext().hadoopConfiguration());
  }

  private io.assay.config.Dataset dataset() {
    return project.dataset(source, new BatchLimits(rows, 10));
  }

  static ProducerRecord<byte[], byte[]> record(String topic, int partition, String value) {
    return new ProducerRecord<>(topic, partition, null, bytes(value));
  }

  static List<ProducerRecord<byte[], byte[]>> records(
      String topic, int partition, int from, int to) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      records.add(record(topic, partition, Integer.toString(i)));
    }
    return records;
  }

  static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
