package io.assay.bronze.kafka;

import io.assay.batch.BatchInput;
import io.assay.batch.BatchLedger;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.config.Source;
import io.assay.job.Ingestion;
import io.assay.job.Job;
import io.assay.job.Pending;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.common.IsolationLevel;

/** How topics of Kafka come into bronze. */
public final class KafkaIngestion implements Ingestion {

  @Override
  public Class<Source.Kafka> source() {
    return Source.Kafka.class;
  }

  @Override
  public Job job(Dataset dataset) {
    return new KafkaIngestJob(dataset, kafka(dataset));
  }

  /**
   * The offsets between the ledger's position and the ends of the partitions. What lies in and
   * behind an open transaction cannot be read yet, but it waits.
   */
  @Override
  public Pending pending(Project project, Dataset dataset, Configuration configuration) {
    Source.Kafka source = kafka(dataset);
    Optional<BatchInput> last =
        new BatchLedger(project.warehouse(), dataset.bronze(), configuration).lastInput();
    try (KafkaCluster cluster = KafkaCluster.of(project, source)) {
      PartitionPlan plan =
          new PartitionPlan(cluster.partitions(source, IsolationLevel.READ_UNCOMMITTED), last);
      long records =
          plan.startingAt(new Beginnings(cluster, source).of(plan.unseen(), last.isEmpty()))
              .waiting();
      return records == 0 && plan.missing().isEmpty()
          ? new Pending.Nothing()
          : new Pending.Records(records);
    }
  }

  private Source.Kafka kafka(Dataset dataset) {
    return source().cast(dataset.pipeline().source());
  }
}
