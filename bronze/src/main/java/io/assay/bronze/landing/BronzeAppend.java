package io.assay.bronze.landing;

import io.assay.table.CommitTag;
import io.assay.table.TableAppend;
import io.assay.table.TableDescription;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableProperties;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Appends to a bronze table; creates it with its properties on the first append. */
public final class BronzeAppend {
  private final TableLog log;
  private final TableAppend append;

  public BronzeAppend(SparkSession spark, Warehouse warehouse, TableName table) {
    this.log = new TableLog(spark, warehouse, table);
    this.append = new TableAppend(warehouse, table);
  }

  /** The table's columns; none if there is no table yet. */
  public StructType columns() {
    TableState state = log.state();
    return state.exists() ? log.read(state.version()).schema() : new StructType();
  }

  /** One commit. Columns that the table lacks are added to it. */
  public void commit(Dataset<Row> rows, CommitTag tag) {
    append.commit(
        rows, new TableDescription(Optional.empty(), List.of(), TableProperties.landing()), tag);
  }
}
