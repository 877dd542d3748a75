package io.assay.quality.anomaly;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.anomalydetection.AnomalyDetector;
import com.amazon.deequ.anomalydetection.DataPoint;
import com.amazon.deequ.metrics.Metric;
import com.amazon.deequ.repository.AnalysisResult;
import com.amazon.deequ.repository.MetricsRepository;
import io.assay.batch.MeasuredBatch;
import io.assay.batch.Series;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;

/** The values of earlier batches that a new one is compared with, oldest first. */
public record Baseline(List<Double> values) {
  public Baseline {
    values = List.copyOf(values);
  }

  /**
   * What the memory holds for a value.
   *
   * @param newestFirst the earlier batches; as many as the deviation looks at are taken
   * @param series where the value belongs
   * @param clock the time of its batch
   */
  public static Baseline of(
      List<MeasuredBatch> newestFirst, Deviation deviation, Series series, Instant clock) {
    List<MeasuredBatch> lookedAt =
        newestFirst.subList(0, Math.min(deviation.history(), newestFirst.size()));
    Instant now = series.time().orElse(clock);
    return new Baseline(
        results(new RecordedMetrics(lookedAt), series.id()).stream()
            .filter(result -> deviation.alike(time(result), now))
            .sorted(Comparator.comparingLong(Baseline::batch))
            .map(Baseline::value)
            .toList());
  }

  private static List<AnalysisResult> results(MetricsRepository repository, String series) {
    List<Analyzer<?, Metric<?>>> wanted = List.of(new RecordedSeries(series));
    return JavaConverters.seqAsJavaList(
        repository
            .load()
            .withTagValues(
                RecordedMetrics.map(List.of(new Tuple2<>(RecordedMetrics.SERIES, series))))
            .forAnalyzers(JavaConverters.asScalaBuffer(wanted))
            .get());
  }

  private static Instant time(AnalysisResult result) {
    return Instant.ofEpochMilli(result.resultKey().dataSetDate());
  }

  private static long batch(AnalysisResult result) {
    return Long.parseLong(result.resultKey().tags().apply(RecordedMetrics.BATCH));
  }

  private static double value(AnalysisResult result) {
    return (Double) result.analyzerContext().metricMap().values().head().value().get();
  }

  /**
   * Whether a finite value deviates by more than the bounds allow. Asks only where there are as
   * many values as the kind needs.
   */
  public boolean refuses(double value, Deviation.Kind kind, Bounds bounds) {
    List<DataPoint<Object>> before =
        IntStream.range(0, values.size()).mapToObj(i -> point(i, values.get(i))).toList();
    return AnomalyDetector.apply(Strategies.of(kind, bounds))
        .isNewPointAnomalous(JavaConverters.asScalaBuffer(before), point(values.size(), value))
        .anomalies()
        .nonEmpty();
  }

  /** Deequ wants the order as times. */
  private static DataPoint<Object> point(int place, double value) {
    return new DataPoint<>(place, Option.<Object>apply(value));
  }
}
