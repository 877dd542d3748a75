package io.assay.quality.anomaly;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.metrics.DoubleMetric;
import com.amazon.deequ.metrics.Entity;
import com.amazon.deequ.repository.MetricsRepository;
import com.amazon.deequ.repository.MetricsRepositoryMultipleResultsLoader;
import com.amazon.deequ.repository.ResultKey;
import com.amazon.deequ.repository.memory.InMemoryMetricsRepository;
import io.assay.batch.MeasuredBatch;
import io.assay.batch.Metric;
import io.assay.batch.Series;
import java.time.Instant;
import java.util.List;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.immutable.Map;
import scala.util.Success;

/**
 * What batches measured, as Deequ's repository: one result for each batch and series. Its date is
 * the value's own time, or else the batch's, in milliseconds since the epoch; its tags are {@code
 * table}, {@code batch} and {@code series}. Rules that measured the same are one result.
 *
 * <p>It is read only: a batch's values are recorded by its own commit and by nothing else.
 */
public final class RecordedMetrics implements MetricsRepository {
  static final String TABLE = "table";
  static final String BATCH = "batch";
  static final String SERIES = "series";

  private final MetricsRepository results = new InMemoryMetricsRepository();

  public RecordedMetrics(List<MeasuredBatch> batches) {
    for (MeasuredBatch batch : batches) {
      batch
          .metrics()
          .forEach(metric -> metric.series().ifPresent(series -> remember(batch, metric, series)));
    }
  }

  private void remember(MeasuredBatch batch, Metric metric, Series series) {
    if (metric.value().isEmpty()) {
      return;
    }
    Instant time = series.time().orElse(batch.clock());
    ResultKey key =
        new ResultKey(
            time.toEpochMilli(),
            map(
                List.of(
                    new Tuple2<>(TABLE, batch.table().toString()),
                    new Tuple2<>(BATCH, Long.toString(batch.batch())),
                    new Tuple2<>(SERIES, series.id()))));
    com.amazon.deequ.metrics.Metric<?> value =
        DoubleMetric.apply(
            metric.column().isPresent() ? Entity.Column() : Entity.Dataset(),
            metric.metric(),
            metric.column().orElse("*"),
            new Success<>(metric.value().get()),
            Option.empty());
    Analyzer<?, com.amazon.deequ.metrics.Metric<?>> analyzer = new RecordedSeries(series.id());
    results.save(key, new AnalyzerContext(map(List.of(new Tuple2<>(analyzer, value)))));
  }

  /**
   * Is refused.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void save(ResultKey key, AnalyzerContext context) {
    throw new UnsupportedOperationException(
        "metrics are recorded by the batches that measure them, and by nothing else");
  }

  @Override
  public Option<AnalyzerContext> loadByKey(ResultKey key) {
    return results.loadByKey(key);
  }

  @Override
  public MetricsRepositoryMultipleResultsLoader load() {
    return results.load();
  }

  static <K, V> Map<K, V> map(List<Tuple2<K, V>> entries) {
    Map<K, V> empty = scala.collection.immutable.Map$.MODULE$.empty();
    return empty.$plus$plus(JavaConverters.asScalaBuffer(entries));
  }
}
