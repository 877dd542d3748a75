package io.assay.testing;

import io.assay.session.SparkSessions;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The one session that all tests of a module share: two cores, two shuffle partitions, no web
 * pages.
 */
public final class TestSpark {
  private static SparkSession session;

  private TestSpark() {}

  public static synchronized SparkSession session() {
    if (session == null) {
      session =
          SparkSessions.open(
              "assay-tests",
              Map.of(
                  "spark.master", "local[2]",
                  "spark.driver.bindAddress", "127.0.0.1",
                  "spark.driver.host", "127.0.0.1",
                  "spark.sql.shuffle.partitions", "2"));
      Runtime.getRuntime().addShutdownHook(new Thread(session::stop));
    }
    return session;
  }
}
