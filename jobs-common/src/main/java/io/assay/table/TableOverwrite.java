package io.assay.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.DeltaOptions;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.commands.WriteIntoDelta;
import scala.Option;
import scala.Predef;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Replaces a table's rows, schema, comments and properties in one commit, so that readers see all
 * of the old version or all of the new. Delta's own writer takes no table comment for a table that
 * lies at a path; hence its transaction is used.
 */
public final class TableOverwrite {
  private final SparkSession spark;
  private final DeltaLog log;

  public TableOverwrite(SparkSession spark, Warehouse warehouse, TableName table) {
    this.spark = spark;
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
    if (transaction.txnVersion(tag.application()) >= tag.batch()) {
      return;
    }
    if (transaction.readVersion() >= 0) {
      describeAnew(transaction, rows, description);
    }
    Map<String, String> options = new HashMap<>(tag.writerOptions());
    options.put("overwriteSchema", "true");
    // A session may be set to replace only those partitions that get rows.
    options.put("partitionOverwriteMode", "static");
    Map<String, String> configuration = new HashMap<>(description.properties());
    description.comment().ifPresent(text -> configuration.put("comment", text));
    WriteIntoDelta write =
        new WriteIntoDelta(
            log,
            SaveMode.Overwrite,
            new DeltaOptions(scala(options), spark.sessionState().conf()),
            scala(description.partitions()),
            scala(configuration),
            rows,
            Option.empty(),
            Option.empty());
    Seq<Action> actions = write.write(transaction, spark, Option.empty(), false);
    transaction.commit(
        actions,
        new DeltaOperations.Write(
            SaveMode.Overwrite, Option.empty(), Option.empty(), Option.apply(tag.userMetadata())));
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
            scala(description.partitions()),
            scala(configuration),
            now.createdTime());
    if (!wanted.equals(now)) {
      transaction.updateMetadataForTableOverwrite(wanted);
    }
  }

  private static Seq<String> scala(List<String> names) {
    return JavaConverters.asScalaBuffer(new ArrayList<>(names)).toSeq();
  }

  private static Map<String, String> java(scala.collection.immutable.Map<String, String> map) {
    return JavaConverters.mapAsJavaMap(map);
  }

  private static scala.collection.immutable.Map<String, String> scala(Map<String, String> map) {
    return JavaConverters.mapAsScalaMap(map).toMap(Predef.$conforms());
  }
}
