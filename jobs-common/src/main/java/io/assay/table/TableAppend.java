package io.assay.table;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.OptimisticTransaction;
import scala.Option;

/** Appends rows to a table in one commit, creating it first if need be. */
public final class TableAppend {
  private final Warehouse warehouse;
  private final TableName table;

  public TableAppend(Warehouse warehouse, TableName table) {
    this.warehouse = warehouse;
    this.table = table;
  }

  /**
   * Does the commit, unless the log says that the tag's batch was committed before. Columns that
   * the table does not have yet are added to it.
   *
   * @param rows their columns' comments go into the schema of a new table
   * @param description of the table, for when it is created
   * @return whether it was done now
   */
  public boolean commit(Dataset<Row> rows, TableDescription description, CommitTag tag) {
    DeltaLog log = DeltaLog.forTable(rows.sparkSession(), warehouse.path(table));
    OptimisticTransaction transaction = log.startTransaction(Option.empty(), Option.empty());
    if (CommittedBatches.hold(transaction, tag)) {
      return false;
    }
    new DeltaWrite(log, SaveMode.Append, Map.of("mergeSchema", "true"))
        .commit(transaction, rows, description, tag);
    return true;
  }
}
