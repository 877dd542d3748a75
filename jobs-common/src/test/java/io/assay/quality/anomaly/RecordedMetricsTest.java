package io.assay.quality.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.repository.AnalysisResult;
import com.amazon.deequ.repository.MetricsRepositoryMultipleResultsLoader;
import com.amazon.deequ.repository.ResultKey;
import io.assay.batch.MeasuredBatch;
import io.assay.batch.Metric;
import io.assay.batch.Series;
import io.assay.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import scala.Tuple2;
import scala.collection.JavaConverters;

class RecordedMetricsTest {
  private static final TableName TABLE = TableName.silver("readings");
  private static final long DAY = 86_400_000;

  private final RecordedMetrics repository =
      new RecordedMetrics(
          List.of(
              batch(2, metric("volume", "n", 22), metric("enough", "n", 22)),
              batch(1, metric("volume", "n", 20), metric("mean", "m", 1.5), unrelated())));

  @Test
  void deequsLoaderFindsWhatBatchesMeasured() {
    assertThat(told(repository.load()))
        .containsExactlyInAnyOrder("1 n 20.0", "1 m 1.5", "2 n 22.0");
    assertThat(told(repository.load().after(2 * DAY))).containsExactly("2 n 22.0");
    assertThat(told(repository.load().before(DAY).withTagValues(tags("series", "m"))))
        .containsExactly("1 m 1.5");
    assertThat(told(repository.load().withTagValues(tags("table", "silver.others")))).isEmpty();

    ResultKey key = results(repository.load().before(DAY)).get(0).resultKey();
    assertThat(repository.loadByKey(key).isDefined()).isTrue();
    assertThat(repository.loadByKey(new ResultKey(0, tags("batch", "1"))).isDefined()).isFalse();
  }

  @Test
  void nothingElseWritesIt() {
    ResultKey key = new ResultKey(0, tags("batch", "3"));

    assertThatThrownBy(() -> repository.save(key, AnalyzerContext.empty()))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static scala.collection.immutable.Map<String, String> tags(String key, String value) {
    return RecordedMetrics.map(List.of(new Tuple2<>(key, value)));
  }

  private static List<AnalysisResult> results(MetricsRepositoryMultipleResultsLoader loader) {
    return JavaConverters.seqAsJavaList(loader.get());
  }

  private static List<String> told(MetricsRepositoryMultipleResultsLoader loader) {
    return results(loader).stream()
        .map(
            result ->
                "%s %s %s"
                    .formatted(
                        result.resultKey().tags().apply("batch"),
                        result.resultKey().tags().apply("series"),
                        result.analyzerContext().metricMap().values().head().value().get()))
        .toList();
  }

  private static MeasuredBatch batch(long number, Metric... metrics) {
    return new MeasuredBatch(TABLE, number, Instant.ofEpochMilli(number * DAY), List.of(metrics));
  }

  private static Metric metric(String rule, String series, double value) {
    return new Metric(
        rule,
        Optional.empty(),
        "measured",
        Optional.of(value),
        "passed",
        "",
        Optional.of(new Series(series, Optional.empty())));
  }

  private static Metric unrelated() {
    return new Metric(
        "gate", Optional.empty(), "share", Optional.of(1.0), "passed", "", Optional.empty());
  }
}
