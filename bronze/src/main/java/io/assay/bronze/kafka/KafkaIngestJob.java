package io.assay.bronze.kafka;

import io.assay.batch.BatchResult;
import io.assay.bronze.landing.LandingWork;
import io.assay.config.Dataset;
import io.assay.config.Source;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.job.JobMain;
import io.assay.table.TableName;

/**
 * Lands new messages of a dataset's topics in its bronze table, {@code bronze.NAME}.
 *
 * <pre>{@code
 * spark-submit --class io.assay.bronze.kafka.KafkaIngestJob assay.jar --project PROJECT NAME
 * }</pre>
 */
public final class KafkaIngestJob implements Job {
  private final Dataset dataset;
  private final Source.Kafka source;

  public KafkaIngestJob(Dataset dataset, Source.Kafka source) {
    this.dataset = dataset;
    this.source = source;
  }

  public static void main(String[] args) {
    JobMain.run(args, new KafkaIngestion()::job);
  }

  @Override
  public TableName table() {
    return dataset.bronze();
  }

  @Override
  public BatchResult run(JobContext context) {
    try (KafkaSource topics = new KafkaSource(context, dataset, source)) {
      return new LandingWork(context, table(), topics).run();
    }
  }
}
