package io.assay.table;

import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Appends rows to a table in one commit, creating it first if need be. */
public final class TableAppend {
  private final Warehouse warehouse;
  private final TableName table;

  public TableAppend(Warehouse warehouse, TableName table) {
    this.warehouse = warehouse;
    this.table = table;
  }

  /**
   * Commits the rows; columns that the table does not have yet are added to it.
   *
   * @param rows their columns' comments go into the schema of a new table
   * @param description of the table, for when it is created
   */
  public void commit(Dataset<Row> rows, TableDescription description, CommitTag tag) {
    boolean commented = description.comment().isPresent();
    if (commented && !new TableLog(rows.sparkSession(), warehouse, table).state().exists()) {
      // Delta's own writer gives no comment to a table that lies at a path.
      new TableOverwrite(rows.sparkSession(), warehouse, table).commit(rows, description, tag);
      return;
    }
    DataFrameWriter<Row> writer =
        rows.write()
            .format("delta")
            .mode("append")
            .option("mergeSchema", true)
            .options(description.properties())
            .options(tag.writerOptions());
    if (!description.partitions().isEmpty()) {
      writer = writer.partitionBy(description.partitions().toArray(String[]::new));
    }
    writer.save(warehouse.path(table).toString());
  }
}
