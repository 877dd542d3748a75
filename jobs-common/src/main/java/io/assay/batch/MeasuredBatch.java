package io.assay.batch;

import io.assay.table.TableName;
import java.time.Instant;
import java.util.List;

/**
 * What was measured of one batch that was published.
 *
 * @param clock the batch's time
 */
public record MeasuredBatch(TableName table, long batch, Instant clock, List<Metric> metrics) {
  public MeasuredBatch {
    metrics = List.copyOf(metrics);
  }
}
