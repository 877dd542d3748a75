package io.assay.bronze.kafka;

import io.assay.batch.BatchInput.Positions;
import io.assay.batch.BatchInput.Span;
import io.assay.batch.Intent;
import io.assay.bronze.landing.PulledRange;
import io.assay.bronze.record.MessageRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.TaskCompletionListener;

/** The offsets of one batch, read by a consumer in each task. */
final class KafkaRange implements PulledRange {
  private final SparkSession spark;
  private final KafkaCluster cluster;
  private final MessageRules rules;
  private final List<Span> spans;
  private final List<String> notes;

  /**
   * @param notes what people should know of the plan
   */
  KafkaRange(
      SparkSession spark,
      KafkaCluster cluster,
      MessageRules rules,
      Intent intent,
      List<String> notes) {
    this.spark = spark;
    this.cluster = cluster;
    this.rules = rules;
    this.spans =
        intent.input() instanceof Positions input
            ? input.spans().stream().filter(span -> Slice.size(span) > 0).toList()
            : List.of();
    this.notes = List.copyOf(notes);
  }

  @Override
  public boolean anything() {
    return !spans.isEmpty();
  }

  @Override
  public Dataset<Row> rows() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<ArrayList<Slice>> slices = Slice.shared(spans, context.defaultParallelism());
    Map<String, Object> options = cluster.consumerOptions();
    Duration patience = cluster.patience();
    MessageRows rows = new MessageRows(rules, cluster.schemas());
    JavaRDD<InternalRow> messages =
        context
            .parallelize(slices, Math.max(1, slices.size()))
            .flatMap(group -> closedWithTask(new MessageFeed(options, patience, group)))
            .map(rows::row);
    return spark.internalCreateDataFrame(messages.rdd(), rows.schema(), false);
  }

  @Override
  public void mend(Exception failure) {
    throw KafkaFailure.of(cluster.name(), failure);
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  private static MessageFeed closedWithTask(MessageFeed feed) {
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> feed.close());
    return feed;
  }
}
