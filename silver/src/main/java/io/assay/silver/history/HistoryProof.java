package io.assay.silver.history;

import static io.assay.batch.StagedRows.times;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.RowColumns;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Proves that a stored history is what its events fold to: folds all of them again and compares row
 * by row.
 */
public final class HistoryProof {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final HistoryDefinition configured;

  public HistoryProof(SparkSession spark, Warehouse warehouse, HistoryDefinition definition) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.configured = definition;
  }

  /**
   * Compares the newest state of both tables. No batch may be in flight: hold the table's lease.
   *
   * @throws AssayException if one of the tables does not exist
   */
  public Result compare() {
    return compare(state(configured.events()), state(configured.stored()));
  }

  /** Compares the tables as of two versions that belong to the same batch. */
  public Result compare(TableState events, TableState stored) {
    Dataset<Row> remembered = log(configured.events()).read(events.version());
    Dataset<Row> rows = log(configured.stored()).read(stored.version());
    HistoryDefinition definition = configured.over(remembered.schema(), rows.schema());
    FoldInput input = new FoldInput(definition, TimeTypes.of(remembered.schema()));
    Dataset<Row> pairs =
        new Fold(definition)
            .pairs(
                input.remembered(remembered).unionByName(input.aside(rows)),
                true,
                Optional.of(input.truncates(remembered, false, true)))
            .withColumn("_differs", ChangeSet.differs(definition));
    Column folded = col(PackedColumns.FOLDED);
    Column kept = col(PackedColumns.STORED);
    Column differs = col("_differs");
    Column batch = coalesce(kept.getField(RowColumns.BATCH), folded.getField(RowColumns.BATCH));
    Row found =
        pairs
            .agg(
                times(kept.isNotNull()),
                times(differs.and(kept.isNull())),
                times(differs.and(folded.isNull())),
                times(differs.and(not(kept.isNull().or(folded.isNull())))),
                array_sort(collect_set(when(differs, batch))))
            .first();
    return new Result(
        found.getLong(0), found.getLong(1), found.getLong(2), found.getLong(3), found.getList(4));
  }

  private TableState state(TableName table) {
    TableState state = log(table).state();
    if (!state.exists()) {
      throw new AssayException(
          ExitCode.FAILURE,
          table + " does not exist, so there is no history to prove; run its dataset first");
    }
    return state;
  }

  private TableLog log(TableName table) {
    return new TableLog(spark, warehouse, table);
  }

  /**
   * What a comparison found.
   *
   * @param rows how many rows are stored
   * @param missing rows that the events give and the table lacks
   * @param surplus rows that are stored and that no events give
   * @param different rows with other values than the events give
   * @param batches the numbers of the batches that wrote the wrong rows, or the newest event of a
   *     missing one; in order
   */
  public record Result(long rows, long missing, long surplus, long different, List<Long> batches) {
    /** Whether the table is what it should be. */
    public boolean holds() {
      return missing + surplus + different == 0;
    }
  }
}
