package io.assay.bench.freshness;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.substring_index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Up to which event of each lane the versions of a table hold events. Told by the log, which names
 * each version's files, and by the files themselves, those included that later versions replaced.
 */
final class TableContent {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<long[]> newest;

  /**
   * A content that is known.
   *
   * @param newest by version, the newest event of each lane; -1 for none
   */
  TableContent(List<long[]> newest) {
    this.newest = List.copyOf(newest);
  }

  /**
   * Reads a table.
   *
   * @param folder of a Delta table that was never vacuumed
   * @param lane of a row
   * @param event the number of a row's event
   */
  static TableContent read(SparkSession spark, Path folder, Column lane, Column event)
      throws IOException {
    Map<String, long[]> files = files(spark, folder, lane, event);
    List<long[]> newest = new ArrayList<>();
    long[] reached = new long[SentEvents.LANES];
    Arrays.fill(reached, -1);
    Path log = folder.resolve("_delta_log");
    for (int version = 0; true; version++) {
      Path commit = log.resolve("%020d.json".formatted(version));
      if (!Files.exists(commit)) {
        return new TableContent(newest);
      }
      for (String line : Files.readAllLines(commit)) {
        JsonNode added = JSON.readTree(line).path("add").path("path");
        long[] held = added.isMissingNode() ? null : files.get(name(added.asText()));
        for (int each = 0; held != null && each < reached.length; each++) {
          reached[each] = Math.max(reached[each], held[each]);
        }
      }
      newest.add(reached.clone());
    }
  }

  /** How many versions there are. */
  int versions() {
    return newest.size();
  }

  /** Whether a version holds an event. */
  boolean holds(int version, int lane, long event) {
    return newest.get(version)[lane] >= event;
  }

  /** By file, the newest event of each lane. */
  private static Map<String, long[]> files(
      SparkSession spark, Path folder, Column lane, Column event) {
    Map<String, long[]> files = new HashMap<>();
    List<Row> found =
        spark
            .read()
            .option("recursiveFileLookup", true)
            .option("pathGlobFilter", "*.parquet")
            .parquet(folder.toString())
            .select(
                substring_index(col("_metadata.file_path"), "/", -1).as("file"),
                lane.cast("int").as("lane"),
                event.cast("bigint").as("event"))
            .groupBy("file", "lane")
            .agg(max("event"))
            .collectAsList();
    for (Row row : found) {
      long[] held = files.computeIfAbsent(row.getString(0), file -> none());
      held[row.getInt(1)] = row.getLong(2);
    }
    return files;
  }

  private static long[] none() {
    long[] none = new long[SentEvents.LANES];
    Arrays.fill(none, -1);
    return none;
  }

  /** A path of the log is a URI. */
  private static String name(String path) {
    return Path.of(URI.create(path).getPath()).getFileName().toString();
  }
}
