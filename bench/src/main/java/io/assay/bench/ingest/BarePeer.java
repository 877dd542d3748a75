package io.assay.bench.ingest;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Reads with Spark's own source and writes files of Parquet. */
final class BarePeer extends IngestPeer {
  BarePeer(SparkSession spark, Feed feed, Path runs) {
    super(spark, feed, runs);
  }

  @Override
  public void run() {
    feed().read().write().parquet(folder().toString());
  }

  @Override
  public Object result() {
    return Content.of(spark().read().parquet(folder().toString()), feed().told());
  }
}
