package io.assay.bronze.jdbc;

import io.assay.config.Dataset;
import io.assay.config.Overlap;
import io.assay.config.Source;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * How a table is read: what of a dataset's configuration shapes rows. It goes into the intent of
 * every batch.
 *
 * @param origin what rows say that they come from: the connection, and the table or the dataset
 * @param table its name; or else a query
 * @param watermark the column, if only changes are read
 * @param overlap as configured; with a watermark
 * @param timezone of times without a zone
 */
record JdbcRules(
    String origin,
    Optional<String> table,
    Optional<String> query,
    List<String> key,
    Optional<String> watermark,
    Optional<String> overlap,
    String timezone,
    int fetchSize) {

  static JdbcRules of(Dataset dataset, Source.Jdbc source) {
    return new JdbcRules(
        source.connection() + "/" + source.table().orElse(dataset.name()),
        source.table(),
        source.query(),
        source.key(),
        source.watermark().map(Source.Watermark::column),
        source.watermark().map(watermark -> watermark.overlap().text()),
        dataset.pipeline().timezone().getId(),
        source.fetchSize());
  }

  Overlap behind() {
    return Overlap.of(overlap.orElseThrow());
  }

  ZoneId zone() {
    return ZoneId.of(timezone);
  }

  /** What tells positions of this reading from those of another. */
  String identity() {
    return watermark.map(column -> "by " + column).orElse("snapshots");
  }
}
