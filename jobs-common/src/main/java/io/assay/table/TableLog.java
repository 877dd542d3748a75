package io.assay.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.RemoveFile;
import scala.Option;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * One Delta table's log: what version it has, what a range of versions added, which batches it
 * holds. The only class that talks to Delta's internals for reading.
 */
public final class TableLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkSession spark;
  private final TableName table;
  private final Path path;

  public TableLog(SparkSession spark, Warehouse warehouse, TableName table) {
    this.spark = spark;
    this.table = table;
    this.path = warehouse.path(table);
  }

  /** The newest state, read from the store. */
  public TableState state() {
    Snapshot snapshot = snapshot();
    return snapshot.version() < 0
        ? TableState.ABSENT
        : new TableState(snapshot.metadata().id(), snapshot.version());
  }

  /** The greatest batch number committed under the application id; empty if none. */
  public OptionalLong lastBatch(String application) {
    return CommittedBatches.last(snapshot(), application);
  }

  /**
   * How many rows the commit of a batch added, from its files' statistics; empty if the table holds
   * no such commit. Reads back from the newest version, so it is cheap for a recent batch.
   *
   * @param application as {@link CommitTag#application()}
   */
  public OptionalLong addedBy(String application, long batch) {
    return commit(application, batch)
        .map(
            change ->
                OptionalLong.of(
                    appended((Long) change._1(), change._2()).stream()
                        .mapToLong(this::records)
                        .sum()))
        .orElse(OptionalLong.empty());
  }

  /** As {@link #note(long)}, of the commit of a batch; missing if there is none. */
  public JsonNode note(String application, long batch) {
    return commit(application, batch)
        .map(change -> CommitNote.of(change._2()))
        .orElse(MissingNode.getInstance());
  }

  private Optional<Tuple2<Object, Seq<Action>>> commit(String application, long batch) {
    // Without this a batch to come would be looked for through the whole log.
    if (lastBatch(application).orElse(-1) < batch) {
      return Optional.empty();
    }
    BatchCommit commit = new BatchCommit(application, batch);
    long window = 1;
    for (long upTo = state().version(); upTo >= 0; upTo -= window, window *= 2) {
      Iterator<Tuple2<Object, Seq<Action>>> changes =
          deltaLog().getChanges(Math.max(0, upTo - window + 1), true);
      while (changes.hasNext()) {
        Tuple2<Object, Seq<Action>> change = changes.next();
        if ((Long) change._1() <= upTo && commit.did(change._2())) {
          return Optional.of(change);
        }
      }
    }
    return Optional.empty();
  }

  /** How many rows the table holds, from its files' statistics; no data is read. */
  public long rows() {
    return rows(snapshot());
  }

  /** The same of a version. */
  public long rows(long version) {
    return rows(deltaLog().getSnapshotAt(version, Option.empty(), Option.empty()));
  }

  private static long rows(Snapshot snapshot) {
    return snapshot.withStats().selectExpr("coalesce(sum(stats.numRecords), 0)").first().getLong(0);
  }

  /**
   * Whether nobody but one batch changed the table's rows between two versions, by its log; false
   * if the log does not reach back that far, or does not hold the batch's commit there.
   *
   * @param before may be of no table yet
   * @param own the batch's commit; empty if it made none
   */
  public boolean changedOnlyBy(Optional<BatchCommit> own, TableState before, TableState after) {
    boolean sameTable = !before.exists() || before.id().equals(after.id());
    if (!sameTable || before.version() >= after.version()) {
      return before.equals(after) && own.isEmpty();
    }
    boolean found = false;
    long next = before.version() + 1;
    Iterator<Tuple2<Object, Seq<Action>>> changes = deltaLog().getChanges(next, false);
    while (next <= after.version() && changes.hasNext()) {
      Tuple2<Object, Seq<Action>> change = changes.next();
      boolean ofBatch = own.filter(commit -> commit.did(change._2())).isPresent();
      if ((Long) change._1() != next || (!ofBatch && changesRows(change._2()))) {
        return false;
      }
      found |= ofBatch;
      next++;
    }
    return next > after.version() && found == own.isPresent();
  }

  private static boolean changesRows(Seq<Action> actions) {
    return JavaConverters.seqAsJavaList(actions).stream()
        .anyMatch(
            action ->
                (action instanceof AddFile added && added.dataChange())
                    || (action instanceof RemoveFile removed && removed.dataChange()));
  }

  /**
   * What to read next of an append-only table.
   *
   * @param after exclusive; -1 for the beginning
   * @param maxRows a range ends before the version that would take it over this; one version is
   *     always taken whole
   * @return a range of at least one version; its rows may be 0. Empty if there is no newer version
   */
  public Optional<TableRange> next(long after, long maxRows) {
    TableState state = state();
    if (state.version() <= after) {
      return Optional.empty();
    }
    long rows = 0;
    long upTo = after;
    Iterator<Tuple2<Object, Seq<Action>>> changes = deltaLog().getChanges(after + 1, true);
    while (changes.hasNext()) {
      Tuple2<Object, Seq<Action>> change = changes.next();
      long version = (Long) change._1();
      long added = 0;
      for (AddFile file : appended(version, change._2())) {
        added += records(file);
      }
      if (upTo > after && rows + added > maxRows) {
        break;
      }
      rows += added;
      upTo = version;
    }
    return Optional.of(new TableRange(table, state.id(), after, upTo, rows));
  }

  /**
   * The rows a range appended: exactly the files its commits added, whatever happened to the table
   * since.
   *
   * @throws AssayException if the table is not the one that the range was taken from
   */
  public Dataset<Row> read(TableRange range) {
    return read(List.of(range));
  }

  /**
   * The rows that several ranges appended.
   *
   * @param ranges of this table, oldest first, none overlapping; at least one
   * @throws AssayException if the table is not the one that the ranges were taken from
   */
  public Dataset<Row> read(List<TableRange> ranges) {
    TableRange first = ranges.get(0);
    TableRange last = ranges.get(ranges.size() - 1);
    if (!first.tableId().equals(state().id())) {
      throw new AssayException(
          ExitCode.FAILURE,
          "%s was created anew after its versions %d to %d had been planned; nothing was read: run again without --accept or --reject"
              .formatted(table, first.after() + 1, last.upTo()));
    }
    List<AddFile> files = new ArrayList<>();
    java.util.Iterator<TableRange> rest = ranges.iterator();
    TableRange range = rest.next();
    Iterator<Tuple2<Object, Seq<Action>>> changes = deltaLog().getChanges(first.after() + 1, true);
    while (changes.hasNext()) {
      Tuple2<Object, Seq<Action>> change = changes.next();
      long version = (Long) change._1();
      if (version > last.upTo()) {
        break;
      }
      while (version > range.upTo()) {
        range = rest.next();
      }
      if (version > range.after()) {
        files.addAll(appended(version, change._2()));
      }
    }
    Seq<AddFile> scalaFiles = JavaConverters.asScalaBuffer(files).toSeq();
    return deltaLog().createDataFrame(snapshot(), scalaFiles, false, Option.empty());
  }

  /** What the newest version has besides its rows. */
  public TableDescription description() {
    Metadata metadata = snapshot().metadata();
    return new TableDescription(
        Optional.ofNullable(metadata.description()),
        JavaConverters.seqAsJavaList(metadata.partitionColumns()),
        JavaConverters.mapAsJavaMap(metadata.configuration()));
  }

  /**
   * What the commit of a version said of itself, as {@link CommitTag#userMetadata}; missing where
   * it is not ours or no longer in the log. Reads that commit alone.
   */
  public JsonNode note(long version) {
    Iterator<Tuple2<Object, Seq<Action>>> changes = deltaLog().getChanges(version, false);
    if (changes.hasNext()) {
      Tuple2<Object, Seq<Action>> change = changes.next();
      if ((Long) change._1() == version) {
        return CommitNote.of(change._2());
      }
    }
    return MissingNode.getInstance();
  }

  /** The table as of a version. */
  public Dataset<Row> read(long version) {
    return spark.read().format("delta").option("versionAsOf", version).load(path.toString());
  }

  private List<AddFile> appended(long version, Seq<Action> actions) {
    List<AddFile> files = new ArrayList<>();
    for (Action action : JavaConverters.seqAsJavaList(actions)) {
      if (action instanceof AddFile file && file.dataChange()) {
        files.add(file);
      } else if (action instanceof RemoveFile file && file.dataChange()) {
        throw new AssayException(
            ExitCode.FAILURE,
            table
                + " is append-only, but its version "
                + version
                + " removed or rewrote rows, so nobody can tell what it added: check why, then move"
                + " its folder away and land it anew");
      }
    }
    return files;
  }

  private long records(AddFile file) {
    try {
      return JSON.readTree(file.stats()).path("numRecords").asLong();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new AssayException(
          ExitCode.FAILURE,
          "file " + file.path() + " of " + table + " has no readable statistics",
          e);
    }
  }

  private Snapshot snapshot() {
    return deltaLog().update(false, Option.empty(), Option.empty());
  }

  private DeltaLog deltaLog() {
    return DeltaLog.forTable(spark, path);
  }
}
