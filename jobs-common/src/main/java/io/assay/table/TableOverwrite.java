package io.assay.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Metadata;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * Replaces a table's rows, schema, comments and properties in one commit, so that readers see all
 * of the old version or all of the new. Delta's own writer takes no table comment for a table that
 * lies at a path; see {@link DeltaWrite}.
 */
public final class TableOverwrite {
  private final DeltaLog log;

  public TableOverwrite(SparkSession spark, Warehouse warehouse, TableName table) {
    this.log = DeltaLog.forTable(spark, warehouse.path(table));
  }

  /**
   * Does the commit, unless the log says that the tag's batch was committed before.
   *
   * @param rows the whole new content; their columns' comments go into the schema
   * @param comment the table's comment; empty for none
   * @param properties of Delta's, as {@link TableProperties} chooses them
   */
  public void commit(
      Dataset<Row> rows, Optional<String> comment, Map<String, String> properties, CommitTag tag) {
    commit(rows, new TableDescription(comment, List.of(), properties), tag);
  }

  /**
   * Does the commit, unless the log says that the tag's batch was committed before.
   *
   * @param rows the whole new content; their columns' comments go into the schema
   */
  public void commit(Dataset<Row> rows, TableDescription description, CommitTag tag) {
    OptimisticTransaction transaction = log.startTransaction(Option.empty(), Option.empty());
    if (CommittedBatches.hold(transaction, tag)) {
      return;
    }
    if (transaction.readVersion() >= 0) {
      describeAnew(transaction, rows, description);
    }
    // A session may be set to replace only those partitions that get rows.
    Map<String, String> options =
        Map.of("overwriteSchema", "true", "partitionOverwriteMode", "static");
    new DeltaWrite(log, SaveMode.Overwrite, options).commit(transaction, rows, description, tag);
  }

  /** Delta's writer sets comment and properties when it creates a table, and never again. */
  private static void describeAnew(
      OptimisticTransaction transaction, Dataset<Row> rows, TableDescription description) {
    Metadata now = transaction.metadata();
    Map<String, String> configuration = new HashMap<>(java(now.configuration()));
    TableProperties.OWNED.forEach(configuration::remove);
    configuration.putAll(description.properties());
    Metadata wanted =
        now.copy(
            now.id(),
            now.name(),
            description.comment().orElse(null),
            now.format(),
            rows.schema().asNullable().json(),
            DeltaWrite.scala(description.partitions()),
            DeltaWrite.scala(configuration),
            now.createdTime());
    if (!wanted.equals(now)) {
      transaction.updateMetadataForTableOverwrite(wanted);
    }
  }

  private static Map<String, String> java(scala.collection.immutable.Map<String, String> map) {
    return JavaConverters.mapAsJavaMap(map);
  }
}
