package io.assay.bronze.kafka;

import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.Positions;
import io.assay.batch.BatchInput.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far partitions were read, and how far they are read next. All partitions advance together, in
 * proportion to what waits in each, so that none starves.
 */
final class PartitionPlan {
  private final List<Partition> partitions;
  private final Map<String, Span> before = new LinkedHashMap<>();
  private final List<MissingHistory> missing = new ArrayList<>();
  private final Map<String, Long> positions = new LinkedHashMap<>();

  /**
   * @param partitions as they are now
   * @param last the input of the newest finished batch; empty at the start
   */
  PartitionPlan(List<Partition> partitions, Optional<BatchInput> last) {
    this.partitions =
        partitions.stream()
            .sorted(Comparator.comparing(Partition::topic).thenComparing(Partition::number))
            .toList();
    if (last.isPresent() && last.get() instanceof Positions input) {
      input.spans().forEach(span -> before.put(span.origin(), span));
    }
    this.partitions.stream()
        .filter(partition -> before.containsKey(partition.origin()))
        .forEach(partition -> positions.put(partition.origin(), position(partition)));
  }

  private long position(Partition partition) {
    Span span = before.get(partition.origin());
    long position = Long.parseLong(span.until());
    if (partition.replaces(span.identity())) {
      missing.add(MissingHistory.recreated(partition, position));
      return partition.beginning();
    } else if (position < partition.beginning()) {
      missing.add(MissingHistory.expired(partition, position));
      return partition.beginning();
    } else if (position > partition.end()) {
      missing.add(MissingHistory.truncated(partition, position));
      return partition.end();
    }
    return position;
  }

  /** What was lost before it was read. */
  List<MissingHistory> missing() {
    return List.copyOf(missing);
  }

  /** The partitions that no batch has named yet. */
  List<Partition> unseen() {
    return partitions.stream()
        .filter(partition -> !before.containsKey(partition.origin()))
        .toList();
  }

  /** Begins to read partitions at these offsets, by their names. */
  PartitionPlan startingAt(Map<String, Long> starts) {
    positions.putAll(starts);
    return this;
  }

  /** How many offsets wait. */
  long waiting() {
    return partitions.stream().mapToLong(this::waiting).sum();
  }

  private long waiting(Partition partition) {
    return partition.end() - positions.get(partition.origin());
  }

  /**
   * The next spans; empty if no position changes. A partition that appears changes one even if it
   * holds nothing: from then on it is known what was read of it.
   *
   * @param limit the most offsets of all spans together
   */
  Optional<BatchInput> next(long limit) {
    Map<String, Long> shares = shares(limit);
    List<Span> spans = new ArrayList<>();
    for (Partition partition : partitions) {
      String origin = partition.origin();
      long from = positions.get(origin);
      spans.add(span(origin, partition.topicId(), from, from + shares.get(origin)));
    }
    before.values().stream()
        .filter(span -> !positions.containsKey(span.origin()))
        .forEach(span -> spans.add(resting(span)));
    return spans.stream().allMatch(this::isKnown)
        ? Optional.empty()
        : Optional.of(new Positions(spans));
  }

  private Map<String, Long> shares(long limit) {
    long waiting = waiting();
    double share = Math.min(1, (double) limit / Math.max(1, waiting));
    Map<String, Long> shares = new LinkedHashMap<>();
    partitions.forEach(
        partition -> shares.put(partition.origin(), (long) (waiting(partition) * share)));
    long left =
        Math.min(limit, waiting) - shares.values().stream().mapToLong(Long::longValue).sum();
    for (Partition partition : partitions) {
      long more = Math.min(left, waiting(partition) - shares.get(partition.origin()));
      shares.merge(partition.origin(), Math.max(0, more), Long::sum);
      left -= Math.max(0, more);
    }
    return shares;
  }

  private boolean isKnown(Span span) {
    Span known = before.get(span.origin());
    return known != null
        && known.identity().equals(span.identity())
        && known.until().equals(span.until());
  }

  private static Span span(String origin, String topicId, long from, long until) {
    return new Span(origin, topicId, Long.toString(from), Long.toString(until));
  }

  /** What is not asked for, or not there, at present: should it come back, it goes on there. */
  private static Span resting(Span span) {
    return new Span(span.origin(), span.identity(), span.until(), span.until());
  }
}
