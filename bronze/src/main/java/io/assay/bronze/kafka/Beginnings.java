package io.assay.bronze.kafka;

import io.assay.config.Source;
import io.assay.config.Start;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where partitions that were never read are begun. */
record Beginnings(KafkaCluster cluster, Source.Kafka source) {

  /**
   * The offsets by partition.
   *
   * @param first whether nothing of the source was ever read: {@code latest} is meant for then, so
   *     that nothing is lost of a partition that appears later
   * @throws AssayException with exit code 4 if an offset is named that the cluster does not have
   */
  Map<String, Long> of(List<Partition> unseen, boolean first) {
    Map<String, Long> offsets = new TreeMap<>();
    if (unseen.isEmpty()) {
      return offsets;
    }
    if (source.start().time().isPresent()) {
      offsets.putAll(cluster.since(source.start().time().get(), unseen));
    } else {
      boolean latest = first && source.start().equals(Start.LATEST);
      unseen.forEach(each -> offsets.put(each.origin(), latest ? each.end() : each.beginning()));
    }
    unseen.stream()
        .filter(partition -> source.offsets().containsKey(partition.origin()))
        .forEach(partition -> offsets.put(partition.origin(), named(partition)));
    return offsets;
  }

  private long named(Partition partition) {
    long offset = source.offsets().get(partition.origin());
    if (!partition.reaches(offset)) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "source.kafka.offsets: %s cannot begin at %d: the cluster has its offsets %d to %d"
              .formatted(partition.origin(), offset, partition.beginning(), partition.end()));
    }
    return offset;
  }
}
