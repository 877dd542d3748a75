package io.assay.session;

import io.assay.store.HadoopSettings;
import io.delta.sql.DeltaSparkSessionExtension;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import scala.Function1;
import scala.runtime.BoxedUnit;

/** The one place where sessions are made and their settings chosen. */
public final class SparkSessions {
  private static final String EXTENSIONS = "spark.sql.extensions";

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry(EXTENSIONS, "io.delta.sql.DeltaSparkSessionExtension"),
          Map.entry(
              "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
          Map.entry("spark.sql.shuffle.partitions", "2"),
          // Delta replays a log in this many partitions: 50 by default, which makes small commits
          // slow.
          Map.entry("spark.databricks.delta.snapshotPartitions", "2"),
          // Nothing reads the list of files that Delta would write into each commit's checksum
          // file, and where the JVM's zone is not UTC it would replay the log once more to verify
          // it.
          Map.entry("spark.databricks.delta.allFilesInCrc.enabled", "false"),
          // A history batch compiles some hundred classes; with the default, 100, each batch would
          // compile them all again.
          Map.entry("spark.sql.codegen.cache.maxEntries", "1000"),
          // The JVM never compiles a method of more bytes than this, but interprets it, some five
          // times slower. The casts of ten columns make one of that size where Spark joins them in
          // one loop; beyond the limit it makes several smaller ones.
          Map.entry("spark.sql.codegen.hugeMethodLimit", "8000"),
          // Spark makes this folder for tables that nobody makes; the default lies where somebody
          // is.
          Map.entry("spark.sql.warehouse.dir", existingFolder()),
          Map.entry("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4"),
          Map.entry("spark.ui.enabled", "false"),
          Map.entry("spark.ui.showConsoleProgress", "false"));

  /**
   * What values mean depends on these, and what batch after batch writes must mean the same. So
   * nothing wins over them, whatever the cluster's defaults are.
   */
  private static final Map<String, String> FIXED =
      Map.ofEntries(
          // A commit that writes files again would leave out the rows that it could not read.
          Map.entry("spark.sql.files.ignoreCorruptFiles", "false"),
          Map.entry("spark.sql.files.ignoreMissingFiles", "false"),
          // Names of columns are lower case, and sources' may be in any.
          Map.entry("spark.sql.caseSensitive", "false"),
          // Inside, all time is UTC; zones are applied where they are declared.
          Map.entry("spark.sql.session.timeZone", "UTC"),
          // INT96 breaks Arrow readers at year 9999.
          Map.entry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"),
          // Days before 1582 are written as they are, and not refused because an older Spark would
          // read them otherwise.
          Map.entry("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED"),
          Map.entry("spark.sql.parquet.int96RebaseModeInWrite", "CORRECTED"),
          // A failed cast must be seen: strict casts are written as try_cast, never left to null.
          Map.entry("spark.sql.ansi.enabled", "false"),
          // What is computed anew must come out as what was computed before.
          Map.entry("spark.sql.decimalOperations.allowPrecisionLoss", "true"),
          Map.entry("spark.sql.mapKeyDedupPolicy", "EXCEPTION"),
          // A date that does not fit its pattern is null, and so a violation; it never stops a job
          // because an older Spark would have read it otherwise.
          Map.entry("spark.sql.legacy.timeParserPolicy", "CORRECTED"));

  private SparkSessions() {}

  private static String existingFolder() {
    return Path.of(System.getProperty("java.io.tmpdir")).toUri().toString();
  }

  /** Whether a setting of Spark is the same in every session, whatever somebody sets. */
  public static boolean fixes(String setting) {
    return FIXED.containsKey(setting);
  }

  /**
   * Opens the process's session.
   *
   * @param name shown by the cluster manager
   * @param settings win over the defaults; what spark-submit was given wins over both; neither over
   *     what is fixed
   */
  public static SparkSession open(String name, Map<String, String> settings) {
    return builder(name, settings).getOrCreate();
  }

  /**
   * The same with another extension besides Delta's, which sees everything first. It replaces
   * whatever else would be in {@code spark.sql.extensions}.
   */
  public static SparkSession open(
      String name, Map<String, String> settings, Consumer<SparkSessionExtensions> extension) {
    Function1<SparkSessionExtensions, BoxedUnit> both =
        extensions -> {
          new DeltaSparkSessionExtension().apply(extensions);
          extension.accept(extensions);
          return BoxedUnit.UNIT;
        };
    return builder(name, settings).config(EXTENSIONS, "").withExtensions(both).getOrCreate();
  }

  private static SparkSession.Builder builder(String name, Map<String, String> settings) {
    SparkSession.Builder builder = SparkSession.builder().appName(name);
    if (System.getProperty("spark.master") == null) {
      builder.master("local[*]");
    }
    SETTINGS.forEach((key, value) -> setUnlessSubmitted(builder, key, value));
    HadoopSettings.defaults().forEach((key, value) -> setUnlessSubmitted(builder, key, value));
    settings.forEach((key, value) -> setUnlessSubmitted(builder, key, value));
    FIXED.forEach(builder::config);
    return builder;
  }

  private static void setUnlessSubmitted(SparkSession.Builder builder, String key, String value) {
    if (System.getProperty(key) == null) {
      builder.config(key, value);
    }
  }
}
