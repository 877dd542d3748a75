package io.assay.quality.anomaly;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.NumMatches;
import com.amazon.deequ.metrics.Metric;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Option;

/**
 * A series as Deequ knows what was measured: by an analyzer. It names what was recorded, and
 * measures nothing.
 *
 * @param id of {@link io.assay.batch.Series}
 */
record RecordedSeries(String id) implements Analyzer<NumMatches, Metric<?>> {

  @Override
  public Option<NumMatches> computeStateFrom(Dataset<Row> data, Option<String> condition) {
    throw recordedOnly();
  }

  @Override
  public Metric<?> computeMetricFrom(Option<NumMatches> state) {
    throw recordedOnly();
  }

  @Override
  public Metric<?> toFailureMetric(Exception failure) {
    throw recordedOnly();
  }

  private UnsupportedOperationException recordedOnly() {
    return new UnsupportedOperationException("series " + id + " is recorded, not measured");
  }
}
