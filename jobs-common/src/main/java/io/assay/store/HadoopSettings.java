package io.assay.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * Hadoop's settings outside a Spark session, the same as inside: Hadoop's own files, what Assay
 * chooses for S3, the project's {@code spark.hadoop.*}, and what spark-submit was given, which
 * wins.
 */
public final class HadoopSettings {
  private static final String PREFIX = "spark.hadoop.";

  /**
   * With Hadoop's own values a store that does not answer is asked for hours, since each of its 20
   * retries after "slow down" waits twice as long as the one before. With these a request is given
   * up after about a minute, or, where the server takes connections and then is silent, after
   * eight.
   */
  private static final Map<String, String> S3 =
      Map.ofEntries(
          Map.entry("fs.s3a.attempts.maximum", "2"),
          Map.entry("fs.s3a.retry.limit", "4"),
          Map.entry("fs.s3a.retry.interval", "500ms"),
          Map.entry("fs.s3a.retry.throttle.limit", "6"),
          Map.entry("fs.s3a.retry.throttle.interval", "500ms"),
          Map.entry("fs.s3a.connection.establish.timeout", "5000"),
          Map.entry("fs.s3a.connection.timeout", "30000"),
          // A folder is what its files' names say; to remove markers costs a request for each file.
          Map.entry("fs.s3a.directory.marker.retention", "keep"),
          // Delta asks only for the newest commits, not for the names of all that are kept.
          Map.entry("delta.enableFastS3AListFrom", "true"));

  private HadoopSettings() {}

  /** The settings of a process that knows no project yet. */
  public static Configuration ofProcess() {
    return of(Map.of());
  }

  /**
   * The settings of a process for a project.
   *
   * @param spark the project's settings of Spark, of which those that begin with {@code
   *     spark.hadoop.} count
   */
  public static Configuration of(Map<String, String> spark) {
    Configuration configuration = new Configuration();
    unsaid(configuration).forEach(configuration::set);
    spark.forEach((name, value) -> setHadoop(configuration, name, value));
    System.getProperties()
        .forEach((name, value) -> setHadoop(configuration, name.toString(), value.toString()));
    return configuration;
  }

  /** What Assay chooses and Hadoop's files leave open, as settings of Spark. */
  public static Map<String, String> defaults() {
    Map<String, String> settings = new LinkedHashMap<>();
    unsaid(new Configuration()).forEach((name, value) -> settings.put(PREFIX + name, value));
    return settings;
  }

  private static Map<String, String> unsaid(Configuration configuration) {
    Map<String, String> unsaid = new LinkedHashMap<>(S3);
    unsaid.keySet().removeIf(name -> saidBySite(configuration, name));
    return unsaid;
  }

  /** Whether a file of this installation says it, not only Hadoop's own defaults. */
  private static boolean saidBySite(Configuration configuration, String name) {
    String[] sources = configuration.getPropertySources(name);
    return sources != null
        && sources.length > 0
        && !sources[sources.length - 1].equals("core-default.xml");
  }

  private static void setHadoop(Configuration configuration, String name, String value) {
    if (name.startsWith(PREFIX)) {
      configuration.set(name.substring(PREFIX.length()), value);
    }
  }
}
