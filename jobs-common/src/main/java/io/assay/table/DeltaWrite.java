package io.assay.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.DeltaOptions;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.commands.WriteIntoDelta;
import scala.Option;
import scala.Predef;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * What Delta's own writer does, within a transaction that is already begun. The writer takes no
 * comment for a table that lies at a path, and replays the log to see whether a batch was
 * committed.
 */
record DeltaWrite(DeltaLog log, SaveMode mode, Map<String, String> options) {

  /**
   * Writes the rows and commits them.
   *
   * @param description used as far as the table is created
   */
  void commit(
      OptimisticTransaction transaction,
      Dataset<Row> rows,
      TableDescription description,
      CommitTag tag) {
    SparkSession spark = rows.sparkSession();
    Map<String, String> writer = new HashMap<>(options);
    writer.putAll(tag.writerOptions());
    Map<String, String> configuration = new HashMap<>(description.properties());
    description.comment().ifPresent(text -> configuration.put("comment", text));
    WriteIntoDelta write =
        new WriteIntoDelta(
            log,
            mode,
            new DeltaOptions(scala(writer), spark.sessionState().conf()),
            scala(description.partitions()),
            scala(configuration),
            rows,
            Option.empty(),
            Option.empty());
    Seq<Action> actions = write.write(transaction, spark, Option.empty(), false);
    transaction.commit(
        actions,
        new DeltaOperations.Write(
            mode, Option.empty(), Option.empty(), Option.apply(tag.userMetadata())));
  }

  static Seq<String> scala(List<String> names) {
    return JavaConverters.asScalaBuffer(new ArrayList<>(names)).toSeq();
  }

  static scala.collection.immutable.Map<String, String> scala(Map<String, String> map) {
    return JavaConverters.mapAsScalaMap(map).toMap(Predef.$conforms());
  }
}
