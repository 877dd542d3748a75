package io.assay.gold;

import io.assay.table.CommitTag;
import io.assay.table.TableAppend;
import io.assay.table.TableDescription;
import io.assay.table.TableName;
import io.assay.table.TableOverwrite;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table that the first batch of an epoch writes anew, and that each later one adds to. */
record EpochTable(WindowEvents events, TableName table) {

  /** Does the batch's commit. */
  void commit(Dataset<Row> rows, TableDescription description, CommitTag tag) {
    if (events.first()) {
      new TableOverwrite(events.spark(), events.warehouse(), table).commit(rows, description, tag);
    } else {
      new TableAppend(events.warehouse(), table).commit(rows, description, tag);
    }
  }
}
