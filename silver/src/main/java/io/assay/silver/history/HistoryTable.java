package io.assay.silver.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.assay.batch.StagedRows;
import io.assay.table.CommitTag;
import io.assay.table.EventColumns;
import io.assay.table.HistoryColumns;
import io.assay.table.RowColumns;
import io.assay.table.TableAppend;
import io.assay.table.TableDescription;
import io.assay.table.TableName;
import io.assay.table.TableProperties;
import io.assay.table.TableRewrite;
import io.assay.table.Warehouse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** Writes the tables of one dataset's history: one Delta commit per call. */
final class HistoryTable {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final HistoryDefinition definition;

  HistoryTable(SparkSession spark, Warehouse warehouse, HistoryDefinition definition) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.definition = definition;
  }

  /** Appends to the events, whose table may not exist yet. */
  void appendEvents(Dataset<Row> events, CommitTag tag) {
    List<String> pruned =
        List.of(EventColumns.SEQUENCE, EventColumns.VALID_TIME, HistoryColumns.BUCKET);
    append(
        definition.events(),
        events,
        tag,
        new TableDescription(
            Optional.empty(), List.of(), TableProperties.appended(properties(events, pruned))));
  }

  /** Writes the first change set, which may be empty, to a table that does not exist yet. */
  void create(StagedRows changes, CommitTag tag) {
    List<String> pruned =
        definition.versioned()
            ? List.of(
                HistoryColumns.OPEN,
                HistoryColumns.BUCKET,
                HistoryColumns.VALID_FROM,
                HistoryColumns.VALID_TO)
            : List.of(HistoryColumns.BUCKET);
    Dataset<Row> rows = changes.read(spark);
    append(
        definition.stored(),
        rows,
        tag,
        new TableDescription(
            definition.contract().description(),
            definition.versioned() ? List.of(HistoryColumns.IS_CURRENT) : List.of(),
            TableProperties.followed(properties(rows, pruned))));
  }

  /**
   * Applies a change set, in one statement.
   *
   * @param late the zones of late keys, whose closed versions may change too
   */
  void merge(StagedRows changes, Optional<Zones> late, CommitTag tag) {
    TableRewrite.inSession(spark, tag, session -> merge(session, changes, late, tag));
  }

  private void merge(
      SparkSession session, StagedRows changes, Optional<Zones> late, CommitTag tag) {
    // A file of rows and one of changes are open at once for each partition and task, so that rows
    // need not be sorted for it.
    session.conf().set("spark.sql.maxConcurrentOutputFileWriters", "4");
    // A dictionary of values that are all different is built in vain.
    session.conf().set("parquet.enable.dictionary#" + HistoryColumns.VERSION_ID, "false");
    Dataset<Row> rows = definition.contract().described(changes.read(session));
    new TableRewrite(session, warehouse, definition.stored())
        .commit(
            within(late),
            rows.select(identity()),
            rows.where(col(RowColumns.BATCH).notEqual(lit(ChangeSet.REMOVED))),
            tag);
  }

  /**
   * Where the stored rows are that changes are about. Delta prunes files by conditions on the
   * target alone, with literals: the partition where nothing is late; else, because a partition
   * column inside an OR prunes nothing, the column that repeats it.
   */
  private Column within(Optional<Zones> late) {
    if (!definition.versioned()) {
      return lit(true);
    }
    return late.map(zones -> col(HistoryColumns.OPEN).equalTo(1).or(zones.mayHold("")))
        .orElseGet(() -> col(HistoryColumns.IS_CURRENT).equalTo(true));
  }

  /** What tells which stored row a change is about. */
  private Column[] identity() {
    return definition.versioned()
        ? new Column[] {col(HistoryColumns.VERSION_ID)}
        : definition.key().stream()
            .map(field -> col("`" + field.name() + "`"))
            .toArray(Column[]::new);
  }

  private void append(
      TableName table, Dataset<Row> rows, CommitTag tag, TableDescription description) {
    new TableAppend(warehouse, table)
        .commit(definition.contract().described(rows), description, tag);
  }

  private Map<String, String> properties(Dataset<Row> rows, List<String> pruned) {
    return TableProperties.of(rows.schema(), withKey(pruned));
  }

  /** With the key, by which people look for rows, unless it is personal. */
  private List<String> withKey(List<String> pruned) {
    Stream<String> key =
        definition.key().stream()
            .map(StructField::name)
            .filter(name -> !definition.contract().personal().contains(name));
    return Stream.concat(pruned.stream(), key).toList();
  }
}
