package io.assay.server.debezium;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Sends changes to their topics. A batch counts as processed when all its messages are
 * acknowledged, so what was not is read from the database again after a restart: at least once.
 */
final class TopicWriter implements ChangeConsumer<ChangeEvent<byte[], byte[]>> {
  private final Producer<byte[], byte[]> producer;
  private final TopicSettings topics;

  TopicWriter(Producer<byte[], byte[]> producer, TopicSettings topics) {
    this.producer = producer;
    this.topics = topics;
  }

  @Override
  public void handleBatch(
      List<ChangeEvent<byte[], byte[]>> changes,
      RecordCommitter<ChangeEvent<byte[], byte[]>> committer)
      throws InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>(changes.size());
    try {
      for (ChangeEvent<byte[], byte[]> change : changes) {
        topics.ensure(change.destination());
        sent.add(producer.send(message(change)));
      }
      producer.flush();
      for (Future<RecordMetadata> message : sent) {
        message.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the brokers did not take a message: " + e.getCause().getMessage(), e.getCause());
    }
    for (ChangeEvent<byte[], byte[]> change : changes) {
      committer.markProcessed(change);
    }
    committer.markBatchFinished();
  }

  /** A delete is followed by its tombstone, a message without a value. */
  private static ProducerRecord<byte[], byte[]> message(ChangeEvent<byte[], byte[]> change) {
    return new ProducerRecord<>(
        change.destination(), change.partition(), change.key(), change.value());
  }
}
