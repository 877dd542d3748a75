package io.assay.bronze.kafka;

import io.assay.batch.BatchInput.Span;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * What one task reads of one partition.
 *
 * @param until the offset behind the last one
 */
record Slice(String topic, int partition, long from, long until) implements Serializable {
  /** What is worth a task of its own, and a file. */
  private static final long MESSAGES_PER_TASK = 100_000;

  /** To open a partition takes some hundredths of a second. */
  private static final int PARTITIONS_PER_TASK = 8;

  /**
   * Shares spans out to tasks, about equally many offsets to each. Few messages in many partitions
   * share tasks, many in few are split.
   *
   * @param spans none of them empty
   * @param cores how many tasks can run at once
   * @return by task
   */
  static List<ArrayList<Slice>> shared(List<Span> spans, int cores) {
    long messages = spans.stream().mapToLong(Slice::size).sum();
    long tasks =
        Math.min(
            Math.max(parts(messages, MESSAGES_PER_TASK), parts(spans.size(), PARTITIONS_PER_TASK)),
            Math.max(cores, spans.size()));
    long share = parts(messages, Math.max(1, tasks));
    List<ArrayList<Slice>> groups = new ArrayList<>();
    long room = 0;
    for (Span span : spans) {
      long until = Long.parseLong(span.until());
      for (long from = Long.parseLong(span.from()); from < until; ) {
        if (room == 0) {
          groups.add(new ArrayList<>());
          room = share;
        }
        long end = Math.min(until, from + room);
        groups
            .get(groups.size() - 1)
            .add(
                new Slice(
                    Partition.topicOf(span.origin()),
                    Partition.numberOf(span.origin()),
                    from,
                    end));
        room -= end - from;
        from = end;
      }
    }
    return groups;
  }

  /** How many offsets a span has. */
  static long size(Span span) {
    return Long.parseLong(span.until()) - Long.parseLong(span.from());
  }

  TopicPartition at() {
    return new TopicPartition(topic, partition);
  }

  private static long parts(long whole, long part) {
    return (whole + part - 1) / part;
  }
}
