package io.assay.bench.history;

import io.assay.bench.LinkedCopy;
import io.assay.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import scala.Option;

/**
 * Every peer's tables before a batch, made once per number of versions and kept between runs.
 *
 * <p>Assay's grow as in use: a day of the feed is a batch. The others' are one write of the same
 * versions, so they are as compact as can be.
 */
final class BaseTables {
  private static final int FILES = 8;
  private static final String ASSAY = "assay";

  private final SparkSession spark;
  private final CustomerFeed feed;
  private final Path folder;
  private final Consumer<String> progress;

  BaseTables(SparkSession spark, CustomerFeed feed, Path folder, Consumer<String> progress) {
    this.spark = spark;
    this.feed = feed;
    this.folder = folder;
    this.progress = progress;
  }

  /** Assay's tables with this many versions of each key. */
  Path assay(int versions) throws IOException {
    return made(versions, ASSAY, to -> grow(versions, to));
  }

  /** A Delta table of all versions, in one partition. */
  Path plain(int versions) throws IOException {
    return made(
        versions,
        "plain",
        to -> {
          Path history = to.resolve(DeltaPeer.HISTORY);
          versionsOf(versions).write().format("delta").save(history.toString());
        });
  }

  /** A Delta table of all versions, partitioned by whether they are open. */
  Path partitioned(int versions) throws IOException {
    return made(
        versions,
        "partitioned",
        to ->
            versionsOf(versions)
                .write()
                .format("delta")
                .partitionBy(Fingerprint.CURRENT)
                .save(to.resolve(DeltaPeer.HISTORY).toString()));
  }

  /** A Delta table of all events and one of all versions. */
  Path rebuilt(int versions) throws IOException {
    return made(
        versions,
        "rebuilt",
        to -> {
          for (int day = 0; day < versions; day++) {
            DeltaPeer.updates(feed.day(day))
                .write()
                .format("delta")
                .mode("append")
                .save(to.resolve(RebuildPeer.EVENTS).toString());
          }
          versionsOf(versions)
              .write()
              .format("delta")
              .save(to.resolve(DeltaPeer.HISTORY).toString());
        });
  }

  /** A Hudi table of all versions. */
  Path hudi(int versions) throws IOException {
    return made(versions, "hudi", to -> HudiPeer.create(versionsOf(versions), to));
  }

  /** Starts from the nearest smaller table there is. */
  private void grow(int versions, Path to) throws IOException {
    int day = 0;
    for (int fewer = versions - 1; fewer > 0; fewer--) {
      if (Files.exists(place(fewer, ASSAY))) {
        LinkedCopy.make(place(fewer, ASSAY), to);
        day = fewer;
        break;
      }
    }
    for (; day < versions; day++) {
      long start = System.nanoTime();
      if (day > 0 && day == versions - 1) {
        passCheckpoint(to);
      }
      AssayPeer.feed(spark, feed.definition(), day + 1L, feed.day(day), to);
      progress.accept("  day %d: %.1f s".formatted(day + 1, (System.nanoTime() - start) / 1e9));
    }
  }

  /**
   * Every tenth commit writes a checkpoint; that of the measured batch, the second from here, shall
   * not be one of them.
   */
  private void passCheckpoint(Path to) {
    for (TableName table : List.of(feed.definition().events(), feed.definition().stored())) {
      String path = AssayPeer.warehouse(to).path(table).toString();
      DeltaLog log = DeltaLog.forTable(spark, path);
      long measured = log.update(false, Option.empty(), Option.empty()).version() + 2;
      if (measured % log.checkpointInterval(log.unsafeVolatileSnapshot().metadata()) == 0) {
        spark.sql("ALTER TABLE delta.`%s` SET TBLPROPERTIES (rests = true)".formatted(path));
      }
    }
  }

  private Dataset<Row> versionsOf(int versions) throws IOException {
    String history =
        AssayPeer.warehouse(assay(versions)).path(feed.definition().stored()).toString();
    return spark
        .read()
        .format("delta")
        .load(history)
        .select(Fingerprint.columns())
        .repartition(FILES);
  }

  private Path made(int versions, String name, Making making) throws IOException {
    Path place = place(versions, name);
    if (Files.exists(place)) {
      return place;
    }
    progress.accept("making %s with %d versions".formatted(place, versions));
    Path unfinished = place.resolveSibling(name + ".unfinished");
    LinkedCopy.remove(unfinished);
    Files.createDirectories(unfinished);
    making.make(unfinished);
    Files.move(unfinished, place);
    return place;
  }

  private Path place(int versions, String name) {
    return folder
        .resolve("%d-keys".formatted(feed.keys()))
        .resolve(versions + "-versions")
        .resolve(name);
  }

  private interface Making {
    void make(Path to) throws IOException;
  }
}
