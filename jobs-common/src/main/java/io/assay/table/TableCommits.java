package io.assay.table;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.util.FileNames;

/**
 * Tells one commit of a table from another. A table whose folder was put back from a backup goes on
 * under its old id, and gives the numbers of versions once more.
 */
public final class TableCommits {
  private final DeltaLog log;

  /**
   * @param table a stored one
   */
  public TableCommits(SparkSession spark, Warehouse warehouse, TableName table) {
    this.log = DeltaLog.forTable(spark, warehouse.path(table));
  }

  /**
   * What no other commit of the table has: the identity that Delta gave it, or, where another
   * engine committed, when it did. Reads the beginning of that commit, and lists nothing.
   *
   * @return empty if the log does not hold the version's commit
   */
  public Optional<String> mark(long version) {
    Path commit = FileNames.unsafeDeltaFile(log.logPath(), version);
    try (InputStream file = commit.getFileSystem(log.newDeltaHadoopConf()).open(commit);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return Optional.of(
          lines
              .lines()
              .filter(line -> line.contains("\"commitInfo\""))
              .map(Action::fromJson)
              .filter(CommitInfo.class::isInstance)
              .map(CommitInfo.class::cast)
              .map(TableCommits::mark)
              .findFirst()
              .orElse(""));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String mark(CommitInfo info) {
    return info.txnId().isDefined() ? info.txnId().get() : info.timestamp().toInstant().toString();
  }
}
