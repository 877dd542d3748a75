package io.assay.bronze.http;

import io.assay.bronze.landing.PulledRange;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The pages of one batch. They were read before it was planned, since only then its end is known;
 * of a batch that another run planned there are none, for it has landed.
 */
final class HttpRange implements PulledRange {
  private final SparkSession spark;
  private final String origin;
  private final Optional<Harvest> harvest;
  private final List<String> notes;

  HttpRange(SparkSession spark, String origin, Optional<Harvest> harvest, List<String> notes) {
    this.spark = spark;
    this.origin = origin;
    this.harvest = harvest;
    this.notes = List.copyOf(notes);
  }

  @Override
  public boolean anything() {
    return harvest.filter(read -> !read.rows().isEmpty()).isPresent();
  }

  @Override
  public Dataset<Row> rows() {
    Harvest read = harvest.orElseThrow();
    return PageRow.rows(spark, origin, read.rows(), read.until().pages() - read.rows().size());
  }

  @Override
  public void mend(Exception failure) {
    throw failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  /** What comes behind a page that cannot be read is left for the next run. */
  @Override
  public boolean partial() {
    return harvest.filter(read -> read.end() == Harvest.End.UNREADABLE).isPresent();
  }
}
