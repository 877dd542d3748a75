package io.assay.bronze.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchInput;
import io.assay.batch.Decision;
import io.assay.batch.Intent;
import io.assay.batch.LedgerJson;
import io.assay.bronze.landing.PulledRange;
import io.assay.bronze.landing.PulledSource;
import io.assay.bronze.record.MessageRules;
import io.assay.config.Dataset;
import io.assay.config.Source;
import io.assay.job.JobContext;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.IsolationLevel;

/** Topics as a source of batches: a range is an interval of offsets of each partition. */
final class KafkaSource implements PulledSource {
  private final JobContext context;
  private final Dataset dataset;
  private final Source.Kafka source;
  private final KafkaCluster cluster;
  private List<Partition> partitions;
  private List<MissingHistory> givenUp = List.of();

  KafkaSource(JobContext context, Dataset dataset, Source.Kafka source) {
    this.context = context;
    this.dataset = dataset;
    this.source = source;
    this.cluster = KafkaCluster.of(context.project(), source);
  }

  @Override
  public JsonNode configuration() {
    return LedgerJson.tree(MessageRules.of(source));
  }

  @Override
  public Optional<BatchInput> next(Optional<BatchInput> last) {
    PartitionPlan plan = plan(last);
    if (!plan.missing().isEmpty() && !MissingHistory.isAcceptedBy(context.decision())) {
      throw MissingHistory.failure(dataset.bronze(), plan.missing());
    }
    givenUp = plan.missing();
    return plan.startingAt(new Beginnings(cluster, source).of(plan.unseen(), last.isEmpty()))
        .next(dataset.pipeline().batch().rows());
  }

  @Override
  public boolean awaits(Decision decision, Optional<BatchInput> last) {
    return MissingHistory.isAcceptedBy(decision) && !plan(last).missing().isEmpty();
  }

  @Override
  public PulledRange range(Intent intent) {
    List<String> notes =
        givenUp.isEmpty()
            ? List.of()
            : List.of("given up by decision: " + MissingHistory.texts(givenUp));
    return new KafkaRange(
        context.spark(),
        cluster,
        LedgerJson.value(intent.configuration(), MessageRules.class),
        intent,
        notes);
  }

  /** The cluster is looked at once in a run, so that the run ends. */
  private PartitionPlan plan(Optional<BatchInput> last) {
    if (partitions == null) {
      partitions = cluster.partitions(source, IsolationLevel.READ_COMMITTED);
    }
    return new PartitionPlan(partitions, last);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
