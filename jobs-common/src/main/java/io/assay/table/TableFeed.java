package io.assay.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import java.io.FileNotFoundException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionNotFoundException;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.RemoveFile;
import org.apache.spark.sql.delta.commands.cdc.CDCReader$;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * What changed in a table from one version to another. Where the table is followed, its commits say
 * so row by row; else the rows of the files that went and came are the changes, of which many
 * cancel out.
 */
public final class TableFeed {
  /** What {@link #rows} has besides the table's columns: 1 for a row that came, -1 for one gone. */
  public static final String SIGN = "_sign";

  private static final String RESTORE = "RESTORE";

  private final SparkSession spark;
  private final TableName table;
  private final DeltaLog log;

  /**
   * @param table a stored one
   */
  public TableFeed(SparkSession spark, Warehouse warehouse, TableName table) {
    this.spark = spark;
    this.table = table;
    this.log = DeltaLog.forTable(spark, warehouse.path(table));
  }

  /**
   * Why the changes of a range cannot be told, or would be all rows; empty if they can. Reads the
   * log of the range alone.
   *
   * @param range whose rows before it are those of the table, not of one made anew
   */
  public Optional<String> gap(TableRange range) {
    return gap(range, false);
  }

  /**
   * Why the rows that a range added are not all that it changed, or cannot be told; empty if it
   * only added rows.
   */
  public Optional<String> gapOfAppends(TableRange range) {
    return gap(range, true);
  }

  private Optional<String> gap(TableRange range, boolean appends) {
    if (range.after() < 0) {
      return Optional.of(range.table() + " is new, was made anew, or was put back from a backup");
    }
    StructType columns = now().schema();
    long next = range.after() + 1;
    Iterator<Tuple2<Object, Seq<Action>>> commits = log.getChanges(next, false);
    while (next <= range.upTo() && commits.hasNext()) {
      Tuple2<Object, Seq<Action>> commit = commits.next();
      if ((Long) commit._1() != next) {
        break;
      }
      for (Action action : JavaConverters.seqAsJavaList(commit._2())) {
        Optional<String> reason =
            appends && action instanceof RemoveFile removed && removed.dataChange()
                ? Optional.of("lost or changed rows")
                : reason(action, columns, range.after());
        if (reason.isPresent()) {
          return Optional.of(range.table() + " " + reason.get());
        }
      }
      next++;
    }
    return next > range.upTo()
        ? Optional.empty()
        : Optional.of(
            "version %d of %s, which was used last, is out of its log's reach"
                .formatted(range.after(), range.table()));
  }

  private Optional<String> reason(Action action, StructType columns, long before) {
    if (action instanceof CommitInfo commit) {
      if (commit.operation().equals(RESTORE)) {
        return Optional.of("was restored");
      }
      boolean overwritten =
          commit.operation().equals("WRITE")
              && commit.operationParameters().get("mode").toString().contains("Overwrite");
      return overwritten && table.layer() == Layer.SILVER
          ? Optional.of("was rebuilt")
          : Optional.empty();
    }
    return action instanceof Metadata metadata
            && !(fits(metadata.schema(), columns) && fits(at(before).schema(), columns))
        ? Optional.of("has other columns than before")
        : Optional.empty();
  }

  /** Whether every column was there before, and of its type, or is new. */
  private static boolean fits(StructType before, StructType now) {
    return Arrays.stream(before.fields()).allMatch(field -> fits(field, now));
  }

  private static boolean fits(StructField before, StructType now) {
    return Arrays.stream(now.fields())
        .anyMatch(
            field ->
                field.name().equals(before.name())
                    && field.dataType().asNullable().equals(before.dataType().asNullable()));
  }

  /**
   * The rows that went and came in a range without a {@link #gap}; one that came and went is there
   * with both signs.
   *
   * @throws RuntimeException when it is read, if a file was removed by VACUUM: {@link #isGone}
   */
  public Dataset<Row> rows(TableRange range) {
    Dataset<Row> changes =
        CDCReader$.MODULE$.changesToBatchDF(
            log,
            range.after() + 1,
            range.upTo(),
            spark,
            Option.empty(),
            !isFollowedSince(range.after()),
            Option.empty());
    return changes
        .withColumn(
            SIGN, when(col("_change_type").isin("insert", "update_postimage"), 1).otherwise(-1))
        .drop("_change_type", "_commit_version", "_commit_timestamp");
  }

  private boolean isFollowedSince(long version) {
    return TableProperties.isFollowed(at(version).metadata())
        && TableProperties.isFollowed(now().metadata());
  }

  /**
   * Whether a failure to read rows means that VACUUM removed them, or that their version is gone
   * with the folder, in whose place a backup was put.
   */
  public static boolean isGone(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .anyMatch(
            cause ->
                cause instanceof FileNotFoundException
                    || cause instanceof VersionNotFoundException
                    || String.valueOf(cause.getMessage()).contains("FileNotFoundException")
                    || String.valueOf(cause.getMessage()).contains("FILE_NOT_EXIST"));
  }

  private Snapshot at(long version) {
    return log.getSnapshotAt(version, Option.empty(), Option.empty());
  }

  private Snapshot now() {
    return log.update(false, Option.empty(), Option.empty());
  }
}
