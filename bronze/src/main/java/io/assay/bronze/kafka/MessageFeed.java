package io.assay.bronze.kafka;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The messages of some slices, one slice after the other, read by a consumer of its own. Offsets
 * without a message, since it was compacted, aborted or is a transaction's marker, are gone over.
 *
 * <p>Nothing is skipped: an offset that is no longer there is an {@link
 * org.apache.kafka.clients.consumer.InvalidOffsetException}.
 */
final class MessageFeed implements Iterator<ConsumerRecord<byte[], byte[]>>, AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Duration patience;
  private final Iterator<Slice> slices;
  private Slice slice;
  private Iterator<ConsumerRecord<byte[], byte[]>> polled = Collections.emptyIterator();
  private ConsumerRecord<byte[], byte[]> next;

  /**
   * @param options of the consumer, by Kafka's names
   * @param patience how long a partition that should go on is waited for
   */
  MessageFeed(Map<String, Object> options, Duration patience, List<Slice> slices) {
    this.consumer =
        new KafkaConsumer<>(options, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.patience = patience;
    this.slices = slices.iterator();
  }

  @Override
  public boolean hasNext() {
    while (next == null) {
      if (slice == null && !begin()) {
        return false;
      } else if (polled.hasNext()) {
        take(polled.next());
      } else if (position() >= slice.until()) {
        slice = null;
      } else {
        polled = poll();
      }
    }
    return true;
  }

  @Override
  public ConsumerRecord<byte[], byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ConsumerRecord<byte[], byte[]> message = next;
    next = null;
    return message;
  }

  @Override
  public void close() {
    consumer.close(Duration.ZERO);
  }

  private boolean begin() {
    if (!slices.hasNext()) {
      return false;
    }
    slice = slices.next();
    polled = Collections.emptyIterator();
    consumer.assign(List.of(slice.at()));
    consumer.seek(slice.at(), slice.from());
    return true;
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    if (message.offset() < slice.until()) {
      next = message;
    } else {
      slice = null;
    }
  }

  private Iterator<ConsumerRecord<byte[], byte[]>> poll() {
    long before = position();
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      ConsumerRecords<byte[], byte[]> found = consumer.poll(POLL);
      if (!found.isEmpty() || position() > before) {
        return found.iterator();
      } else if (System.nanoTime() > end) {
        throw new TimeoutException(
            "nothing came of %s at offset %d for %s".formatted(slice.at(), before, patience));
      }
    }
  }

  private long position() {
    return consumer.position(slice.at());
  }
}
