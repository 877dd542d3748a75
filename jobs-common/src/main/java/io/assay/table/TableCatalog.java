package io.assay.table;

import static org.apache.spark.sql.functions.col;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Public names to rows. {@code silver.X} is always the current rows and {@code silver.X_history}
 * the versions, whichever of them is the stored table; columns that begin with an underscore are
 * internal and left out.
 */
public final class TableCatalog {
  private final SparkSession spark;
  private final Warehouse warehouse;

  public TableCatalog(SparkSession spark, Warehouse warehouse) {
    this.spark = spark;
    this.warehouse = warehouse;
  }

  /** The stored table behind a public name. */
  public TableName stored(TableName table) {
    return find(table).table();
  }

  /** The state of the stored table behind a public name. */
  public TableState state(TableName table) {
    return find(table).state();
  }

  /** Each look at a log is three requests to an object store, so there is one for each table. */
  private Stored find(TableName table) {
    Stored itself = new Stored(table, log(table).state());
    if (table.layer() == Layer.SILVER && !itself.state().exists()) {
      TableName history = TableName.history(table.name());
      TableState state = log(history).state();
      if (state.exists()) {
        return new Stored(history, state);
      }
    }
    return itself;
  }

  /**
   * The state of a table that has to be there.
   *
   * @param reader who needs it, and what for: {@code gold.daily_sales reads}
   * @throws AssayException if the table does not exist
   */
  public TableState existing(TableName table, String reader) {
    TableState state = state(table);
    if (!state.exists()) {
      throw new AssayException(
          ExitCode.FAILURE,
          "%s %s, which does not exist yet: %s".formatted(reader, table, source(table)));
    }
    return state;
  }

  /**
   * A range of a public name's stored table, read as a whole, that ends at a state.
   *
   * @param after exclusive; -1 for the beginning
   */
  public TableRange range(TableName table, long after, TableState upTo) {
    return new TableRange(
        table, upTo.id(), after, upTo.version(), -1, mark(stored(table), upTo.version()));
  }

  /**
   * Whether a public name's stored table still has what was read up to the end of a range: not if
   * the table was made anew, nor if its folder was put back from a backup, even if it has gone on
   * since. Of a commit that is out of the log's reach its number is believed.
   */
  public boolean has(TableRange range) {
    return has(range, find(range.table()));
  }

  /** Whether it has that, and nothing has been committed since. */
  public boolean isAt(TableRange range) {
    Stored now = find(range.table());
    return range.state().equals(now.state()) && has(range, now);
  }

  private boolean has(TableRange range, Stored now) {
    return range.tableId().equals(now.state().id())
        && range.upTo() <= now.state().version()
        && (range.commit().isEmpty()
            || mark(now.table(), range.upTo())
                .filter(mark -> !range.commit().get().equals(mark))
                .isEmpty());
  }

  private Optional<String> mark(TableName stored, long version) {
    return new TableCommits(spark, warehouse, stored).mark(version);
  }

  /**
   * The rows of a public name at a version of its stored table.
   *
   * @throws AssayException if the table does not exist
   */
  public Dataset<Row> read(TableName table, long version) {
    TableName stored = stored(table);
    Dataset<Row> rows = log(stored).read(version);
    if (!stored.equals(table)) {
      rows = rows.where(col(HistoryColumns.IS_CURRENT));
    }
    return withoutInternal(rows);
  }

  /**
   * Why the changes of a public name over a range cannot be told; empty if they can.
   *
   * @param range of its stored table
   */
  public Optional<String> gap(TableRange range) {
    return feed(range.table()).gap(range);
  }

  /** The same for a table whose rows are only added, as {@link TableFeed#gapOfAppends} tells it. */
  public Optional<String> gapOfAppends(TableRange range) {
    return feed(range.table()).gapOfAppends(range);
  }

  /**
   * The rows that a public name lost and gained over a range, as {@link TableFeed#rows} tells them.
   */
  public Dataset<Row> changes(TableRange range) {
    Dataset<Row> rows = feed(range.table()).rows(range);
    if (!stored(range.table()).equals(range.table())) {
      rows = rows.where(col(HistoryColumns.IS_CURRENT));
    }
    return withoutInternal(rows, TableFeed.SIGN);
  }

  private TableFeed feed(TableName table) {
    return new TableFeed(spark, warehouse, stored(table));
  }

  /** The newest rows of a public name. */
  public Dataset<Row> read(TableName table) {
    TableState state = state(table);
    if (!state.exists()) {
      throw new AssayException(ExitCode.FAILURE, table + " holds nothing yet: " + source(table));
    }
    return read(table, state.version());
  }

  /** Where a table's rows come from: what to do if it is missing. */
  public String source(TableName table) {
    Warehouse.Imported imported = warehouse.imports().get(table);
    return imported == null
        ? "run the job that fills it first (assay run " + table + ")"
        : "it is %s in %s, so the project that it belongs to must run first"
            .formatted(imported.table(), imported.root());
  }

  private TableLog log(TableName table) {
    return new TableLog(spark, warehouse, table);
  }

  /**
   * The rows without internal columns.
   *
   * @param kept internal columns that stay
   */
  public static Dataset<Row> withoutInternal(Dataset<Row> rows, String... kept) {
    return rows.select(
        Arrays.stream(rows.columns())
            .filter(name -> !name.startsWith("_") || List.of(kept).contains(name))
            .map(name -> col("`" + name + "`"))
            .toArray(Column[]::new));
  }

  /** A table and what it holds now, of one look at its log. */
  private record Stored(TableName table, TableState state) {}
}
