package io.assay.bench;

import io.assay.session.SparkSessions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The session of a benchmark: two cores of this machine, reached from nowhere else. */
final class BenchSession {
  private BenchSession() {}

  /**
   * Opens it.
   *
   * @param folder where Spark puts what it does not keep in memory
   * @param more settings besides
   */
  static SparkSession open(Path folder, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("spark.master", "local[2]");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.local.dir", folder.toAbsolutePath().toString());
    settings.put("spark.sql.shuffle.partitions", "2");
    settings.put("spark.databricks.delta.snapshotPartitions", "2");
    settings.putAll(more);
    SparkSession spark = SparkSessions.open("assay-bench", settings);
    spark.sparkContext().setLogLevel("ERROR");
    return spark;
  }
}
